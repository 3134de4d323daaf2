import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BackgroundTask } from './background-task.js';

interface Item {
  readonly id: string;
}

class Visits extends BackgroundTask {
  constructor() {
    super('visits', 60_000);
  }

  protected work(): Promise<boolean> {
    return Promise.resolve(false);
  }

  visit(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<number> {
    return this.each(items, 'Nobody was at home', work);
  }
}

describe('each by itself', () => {
  const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  afterEach(() => warn.mockClear());
  const items = ['a', 'b', 'c'].map((id) => ({ id }));

  it('what is wrong with one keeps no other, and is said', async () => {
    const visited: string[] = [];
    const done = await new Visits().visit(items, async ({ id }) => {
      if (id === 'a') throw new Error('locked');
      visited.push(id);
    });
    expect([done, visited]).toEqual([2, ['b', 'c']]);
    expect(warn.mock.calls).toMatchObject([[{ id: 'a', msg: 'Nobody was at home; tried again' }]]);
  });

  it('what all of them stand on and is away ends the look', async () => {
    const visited: string[] = [];
    const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
    const look = new Visits().visit(items, async ({ id }) => {
      visited.push(id);
      if (id === 'b') throw away;
    });
    await expect(look).rejects.toBe(away);
    expect(visited).toEqual(['a', 'b']);
    expect(warn).not.toHaveBeenCalled();
  });
});
