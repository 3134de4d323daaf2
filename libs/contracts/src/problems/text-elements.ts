import type { IntlMessageFormat } from 'intl-messageformat';

export type TextElement = ReturnType<IntlMessageFormat['getAst']>[number];

/** Kinds of elements of an ICU text, by the numbers that its parser gives them. */
export const ELEMENTS = { literal: 0, select: 5, plural: 6, pound: 7 } as const;

/** Of one of {@link ELEMENTS}, or another number. */
export function kindOf({ type }: TextElement): number {
  return type;
}

/** The elements of an ICU text, those in its branches too. */
export function allElements(elements: readonly TextElement[]): TextElement[] {
  return elements.flatMap((element) => {
    const branches = 'options' in element ? Object.values(element.options) : [];
    return [element, ...branches.flatMap(({ value }) => allElements(value))];
  });
}
