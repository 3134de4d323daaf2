import { Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';
import type { EventContract, EventEnvelope } from '@muster/contracts';

export interface OnEventOptions<D = unknown> {
  /**
   * Preset true: the handler runs inside a unit of work of the event's company, in which (consumer, event id) is noted
   * first; a repeat does nothing. False: it is called without a unit of work and is idempotent by itself.
   */
  readonly inbox?: boolean;
  /** Preset true. False: the event is tried for ever, with waits of up to 30 s; for events that nobody may lose. */
  readonly deadLetter?: boolean;
  /**
   * Whether the handler would do anything at all, told from the data alone. Events that do not concern it cost no unit of
   * work, and are noted in no inbox. Preset: all do.
   */
  readonly concerns?: (data: D) => boolean;
}

/** What the decorator tells the {@link EventServer}; travels as the `extras` of Nest's pattern. */
export interface HandlerDescription {
  readonly contract: EventContract;
  /** `ClassName.method`: what the inbox and dead letters know the handler by. Renaming it makes it a new one. */
  readonly consumer: string;
  readonly inbox: boolean;
  readonly deadLetter: boolean;
  /** Whether it is called at all for such data. */
  readonly concerns: (data: unknown) => boolean;
}

/** Nest's own filter replaces what a handler throws by "Internal server error"; this one hands it on. */
@Catch()
class HandOn implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** Makes a method of a `@Controller()` the handler of an event type. It resolves when the event's effect is done. */
export function OnEvent<D>(contract: EventContract<D>, options: OnEventOptions<D> = {}) {
  const { inbox = true, deadLetter = true, concerns = () => true } = options;
  return <Handler extends (event: EventEnvelope<D>) => Promise<unknown>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    const consumer = `${target.constructor.name}.${key}`;
    const given = { concerns: (data: unknown) => concerns(data as D) };
    const description: HandlerDescription = { contract, consumer, inbox, deadLetter, ...given };
    EventPattern<string>(contract.type, { ...description })(target, key, descriptor);
    UseFilters(new HandOn())(target, key, descriptor);
  };
}
