import { IntlMessageFormat } from 'intl-messageformat';
import { ELEMENTS, kindOf, LANGUAGES, type Language, type TextElement, type Texts } from '@muster/contracts';

/** One of the sentences that an ICU text can come to; its parameters stand in it as `{name}`. */
export interface Variant {
  /** `reason = day`: which choices lead to it; '' where there is nothing to choose. */
  readonly when: string;
  readonly text: string;
}

/** A text in every language with the same choices. */
export type VariantTexts = { readonly when: string } & Readonly<Record<Language, string>>;

/** What one language says without a choice stands beside each choice of another. */
export function variantsOf(texts: Texts): VariantTexts[] {
  const byLanguage = LANGUAGES.map((language) => [language, variantsIn(texts[language], language)] as const);
  const all = [...new Set(byLanguage.flatMap(([, variants]) => variants.map(({ when }) => when)))];
  const choices = all.filter(Boolean);
  return (choices.length > 0 ? choices : all).map((when) => {
    const found = byLanguage.map(([language, variants]) => {
      const variant = variants.find((one) => one.when === when) ?? variants.find((one) => !one.when);
      return [language, variant?.text ?? ''];
    });
    return { when, ...(Object.fromEntries(found) as Record<Language, string>) };
  });
}

export function variantsIn(text: string, language: Language): Variant[] {
  const format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  return expand(format.getAst(), undefined).map(({ choices, text: all }) => ({
    when: choices.join(', '),
    text: all.replaceAll(/\s+/g, ' ').trim(),
  }));
}

interface Part {
  readonly choices: readonly string[];
  readonly text: string;
}

/** @param counted the parameter that `#` stands for */
function expand(elements: readonly TextElement[], counted: string | undefined): Part[] {
  let parts: Part[] = [{ choices: [], text: '' }];
  for (const element of elements) {
    const ends = endsOf(element, counted);
    parts = parts.flatMap((part) =>
      ends.map((end) => ({ choices: [...part.choices, ...end.choices], text: part.text + end.text })),
    );
  }
  return parts;
}

function endsOf(element: TextElement, counted: string | undefined): Part[] {
  const kind = kindOf(element);
  if (kind === ELEMENTS.pound) return [{ choices: [], text: `{${counted}}` }];
  if (!('value' in element)) return [];
  if (kind === ELEMENTS.literal) return [{ choices: [], text: element.value }];
  if (!('options' in element)) return [{ choices: [], text: `{${element.value}}` }];
  const inner = kind === ELEMENTS.plural ? element.value : counted;
  return Object.entries(element.options).flatMap(([option, { value }]) =>
    expand(value, inner).map(({ choices, text }) => ({ choices: [`${element.value} = ${option}`, ...choices], text })),
  );
}

/** Names of the parameters of a text, in the order in which they come. */
export function parameterNames(texts: Texts): string[] {
  const all = variantsOf(texts).flatMap(({ when, en, de }) => [
    ...when.split(', ').flatMap((choice) => choice.split(' = ')[0] || []),
    ...[...`${en} ${de}`.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []),
  ]);
  return [...new Set(all)];
}
