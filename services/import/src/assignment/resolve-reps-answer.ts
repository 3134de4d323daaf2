import type { z } from 'zod';
import type { resolveReps } from '@muster/contracts';

/** What user-admin says to a list of values. */
export type DataOfAnswer = z.infer<(typeof resolveReps)['answer']>;
