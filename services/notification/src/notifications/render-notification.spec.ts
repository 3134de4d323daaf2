import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@muster/contracts';
import type { Notification } from './notification.entity.js';
import { renderNotification } from './render-notification.js';

const STATES = ['completed', 'completedWithErrors', 'failed', 'aborted', 'cancelled'];

function notification(state: string): Notification {
  const counters = { read: 1, created: 0, updated: 0, unchanged: 0, ignored: 0, invalid: 1, failed: 0, unprocessed: 0 };
  return {
    id: 'n1',
    companyId: 'c1',
    userId: 'u1',
    kind: 'import-finished',
    subject: 'i1',
    params: { fileName: 'a {b} <c>.csv', state, ...counters },
    createdAt: new Date(0),
    readAt: null,
  };
}

describe('renderNotification', () => {
  it.each(LANGUAGES)('says each final state of an import in %s differently', (language) => {
    const titles = STATES.map((state) => renderNotification(notification(state), language).title);
    expect(new Set(titles).size).toBe(STATES.length);
  });

  it('takes a file name as it is', () => {
    expect(renderNotification(notification('completed'), 'en').body).toMatch(/^a \{b\} <c>\.csv: 1 row read, /);
  });
});
