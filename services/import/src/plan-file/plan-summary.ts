import type { ImportCounters, Language, Texts } from '@muster/contracts';
import { YES_NO_TEXTS, type GuardFinding } from '@muster/import-model';
import type { FurtherSheet, OutputCell } from '@muster/tabular';
import { EFFECT_TEXTS, GONE_TEXTS, OUTCOME_NAMES, OUTCOME_TEXTS } from '../imports/import-texts.js';
import { sheetNames } from './plan-rows.js';

const HEADERS = {
  rep: { en: 'Rep', de: 'Mitarbeiter' },
  rows: { en: 'Rows', de: 'Zeilen' },
  effect: { en: 'Effect', de: 'Auswirkung' },
  planned: { en: 'Planned', de: 'Geplant' },
  base: { en: 'Of', de: 'Von' },
  limit: { en: 'Limit', de: 'Grenze' },
  exceeded: { en: 'Needs approval', de: 'Braucht Freigabe' },
} as const satisfies Record<string, Texts>;
const ALL: Texts = { en: 'All', de: 'Alle' };

export interface SummedRep {
  readonly name: string;
  readonly plan: Partial<ImportCounters> | null;
}

/**
 * What a plan comes to: a line for all rows, one for each rep, and what the guard looks at.
 * @param all tells by what it counts whether anything can be absent
 */
export function summarySheets(
  all: Partial<ImportCounters>,
  reps: readonly SummedRep[],
  guard: readonly GuardFinding[] | null,
  language: Language,
): FurtherSheet[] {
  const gone = (['deactivated', 'removed'] as const).filter((name) => all[name] !== undefined);
  const line = (name: string, counts: Partial<ImportCounters> | null): OutputCell[] => [
    ...[name, counts?.read ?? 0],
    ...OUTCOME_NAMES.map((outcome) => counts?.[outcome] ?? 0),
    ...gone.map((one) => counts?.[one] ?? 0),
  ];
  const text = (name: keyof typeof HEADERS) => ({ header: HEADERS[name][language] });
  const number = (texts: Texts) => ({ header: texts[language], kind: 'number' as const });
  const names = sheetNames(language);
  const summary: FurtherSheet = {
    sheetName: names.summary,
    columns: [
      { ...text('rep'), width: 40 },
      number(HEADERS.rows),
      ...OUTCOME_NAMES.map((outcome) => number(OUTCOME_TEXTS[outcome])),
      ...gone.map((one) => number(GONE_TEXTS[one])),
    ],
    rows: [line(ALL[language], all), ...reps.map(({ name, plan }) => line(name, plan))],
  };
  if (!guard) return [summary];
  const limits: FurtherSheet = {
    sheetName: names.limits,
    columns: [
      { ...text('effect'), width: 40 },
      ...[number(HEADERS.planned), number(HEADERS.base), number(HEADERS.limit), text('exceeded')],
    ],
    rows: guard.map(({ effect, planned, base, limit, exceeded }) => [
      EFFECT_TEXTS[effect][language],
      ...[planned, base, limit],
      YES_NO_TEXTS[exceeded ? 'yes' : 'no'][language],
    ]),
  };
  return [summary, limits];
}
