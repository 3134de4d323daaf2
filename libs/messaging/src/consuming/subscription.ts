import type { MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EventEnvelope, Topic } from '@muster/contracts';
import type { HandlerDescription } from './on-event.js';

/** A handler of an event type. */
export interface Subscription extends HandlerDescription {
  handle(event: EventEnvelope): Promise<void>;
}

/** @throws Error when Nest was given a handler that no `@OnEvent` made */
export function subscriptionOf(
  pattern: string,
  handler: MessageHandler,
  extras: Record<string, unknown>,
): Subscription {
  if (!isDescription(extras)) throw new Error(`The handler of ${pattern} was not made by @OnEvent`);
  return {
    ...extras,
    handle: async (event) => {
      const result: unknown = await handler(event);
      // The error of a handler comes as a stream, by Nest's exception filters.
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    },
  };
}

function isDescription(extras: object): extras is HandlerDescription {
  return 'contract' in extras && 'consumer' in extras && 'inbox' in extras && 'deadLetter' in extras;
}

/** The handlers of one service. */
export class Subscriptions {
  private readonly all: Subscription[] = [];

  add(subscription: Subscription): void {
    if (this.named(subscription.consumer)) throw new Error(`There are two consumers ${subscription.consumer}`);
    this.all.push(subscription);
  }

  of(type: string | undefined): Subscription[] {
    return this.all.filter(({ contract }) => contract.type === type);
  }

  named(consumer: string): Subscription | undefined {
    return this.all.find((subscription) => subscription.consumer === consumer);
  }

  types(): ReadonlySet<string> {
    return new Set(this.all.map(({ contract }) => contract.type));
  }

  topics(): Topic[] {
    return [...new Set(this.all.map(({ contract }) => contract.topic))];
  }
}
