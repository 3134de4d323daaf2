import type { Texts } from '@muster/contracts';

/** How an import came in: step by step by somebody who signed in, by a connector or one call, by a drop-in endpoint. */
export const ORIGINS = ['assistant', 'api', 'dropIn'] as const;
export type Origin = (typeof ORIGINS)[number];

export const ORIGIN_TEXTS: Readonly<Record<Origin, Texts>> = {
  assistant: { en: 'Assistant', de: 'Assistent' },
  api: { en: 'API', de: 'API' },
  dropIn: { en: 'Drop-in endpoint', de: 'Drop-in-Endpunkt' },
};
