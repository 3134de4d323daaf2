import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineQuestion, Problem, type Question } from '@muster/contracts';
import { createInProcessQuestions } from './in-process-questions.js';
import { Questions } from './questions.js';
import { answerFromWire, problemToWire } from './wire.js';

const double: Question<{ n: number }, { twice: number } | null> = defineQuestion({
  name: 'double',
  answeredBy: 'user-admin',
  description: 'Twice as much?',
  request: z.object({ n: z.number() }),
  answer: z.object({ twice: z.number() }).nullable(),
});

function twoServices() {
  const transport = createInProcessQuestions();
  return { asks: new Questions('import', transport), answers: new Questions('user-admin', transport) };
}

describe('Questions', () => {
  it('are answered by the other service, and by the service itself', async () => {
    const { asks, answers } = twoServices();
    answers.answer(double, async ({ n }) => (n === 0 ? null : { twice: 2 * n }));
    expect(await asks.ask(double, { n: 4 })).toEqual({ twice: 8 });
    expect(await asks.ask(double, { n: 0 })).toBeNull();
    expect(await answers.ask(double, { n: 1 })).toEqual({ twice: 2 });
  });

  it('bring back the problem of the other service', async () => {
    const { asks, answers } = twoServices();
    answers.answer(double, () => Promise.reject(new Problem('company_not_found')));
    await expect(asks.ask(double, { n: 1 })).rejects.toMatchObject({ code: 'company_not_found' });
  });

  it('refuse what does not fit the contract, on both sides', async () => {
    const { asks, answers } = twoServices();
    answers.answer(double, async ({ n }) => ({ twice: n > 1 ? 2 * n : ('two' as unknown as number) }));
    await expect(asks.ask(double, { n: 'x' as unknown as number })).rejects.toBeInstanceOf(z.ZodError);
    await expect(asks.ask(double, { n: 1 })).rejects.toBeInstanceOf(z.ZodError);
  });

  it('are not answered when nobody does', async () => {
    const { asks, answers } = twoServices();
    await expect(asks.ask(double, { n: 1 })).rejects.toMatchObject({ code: 'not_found' });
    expect(() => asks.answer(double, async () => null)).toThrow('answered by user-admin');
    answers.answer(double, async () => null);
    expect(() => answers.answer(double, async () => null)).toThrow('already');
  });
});

describe('wire', () => {
  it('carries problems with their parameters and places', () => {
    const problem = new Problem('value_taken', { params: { field: 'email' }, errors: [{ code: 'required', row: 3 }] });
    const body: unknown = JSON.parse(JSON.stringify(problemToWire(problem)));
    expect(() => answerFromWire(body)).toThrow(
      expect.objectContaining({ code: 'value_taken', params: { field: 'email' } }),
    );
    expect(() => answerFromWire(body)).toThrow(expect.objectContaining({ errors: [{ code: 'required', row: 3 }] }));
  });

  it.each([[null], [0], [{ a: 1 }]])('carries the answer %j', (answer) => {
    expect(answerFromWire(JSON.parse(JSON.stringify({ answer })))).toEqual(answer);
  });

  it('refuses a problem that is not in the catalogue', () => {
    expect(() => answerFromWire({ problem: { code: 'toString', params: {}, errors: [] } })).toThrow(z.ZodError);
  });
});
