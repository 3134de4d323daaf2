import { z } from 'zod';
import { id } from '../ids.js';
import { defineQuestion } from '../question.js';

/** Actors that one question takes. */
export const ACTORS_PER_QUESTION = 1_000;

export const namesOfActors = defineQuestion({
  name: 'names-of-actors',
  answeredBy: 'user-admin',
  description: 'What are the accounts and keys of the company called that did this?',
  request: z.object({ companyId: id, actors: z.array(z.string()).max(ACTORS_PER_QUESTION) }),
  answer: z.object({
    /** Those that are there. */
    names: z.array(z.object({ actor: z.string(), name: z.string() })),
  }),
});
