import { z } from 'zod';
import { PROBLEMS, Problem, type ProblemCode } from '@muster/contracts';

// An answer is wrapped, because null is one. A problem travels with its parameters, to be rendered where it ends.

const params = z.record(z.string(), z.union([z.string(), z.number()]));
const problem = z.object({
  code: z.custom<ProblemCode>((code) => typeof code === 'string' && Object.hasOwn(PROBLEMS, code)),
  params,
  errors: z.array(
    z.object({
      pointer: z.string().exactOptional(),
      row: z.number().exactOptional(),
      column: z.string().exactOptional(),
      code: z.string(),
      params: params.exactOptional(),
      message: z.string().exactOptional(),
    }),
  ),
});

export const wireAnswer = z.union([z.object({ problem }), z.object({ answer: z.unknown() })]);
export type WireAnswer = z.infer<typeof wireAnswer>;

export function problemToWire({ code, params, errors }: Problem): WireAnswer {
  return { problem: { code, params: { ...params }, errors: errors.map((error) => ({ ...error }) as never) } };
}

/** @throws Problem when the other service did */
export function answerFromWire(body: unknown): unknown {
  const wire = wireAnswer.parse(body);
  if ('problem' in wire) throw new Problem(wire.problem.code, wire.problem);
  return wire.answer;
}
