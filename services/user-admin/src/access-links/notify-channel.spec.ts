import { expect, it } from 'vitest';
import { notifyChannel } from './notify-channel.js';

it.each([
  [true, 'a@b.at', '+43664', { channel: 'email' }],
  [true, 'a@b.at', null, { channel: 'email' }],
  [true, null, '+43664', { channel: 'sms' }],
  [true, null, null, { reason: 'address' }],
  [false, 'a@b.at', '+43664', { reason: 'deactivated' }],
])('active %s, e-mail %s, mobile %s: %j', (loginEnabled, email, mobileE164, expected) => {
  expect(notifyChannel({ loginEnabled, email, mobileE164 })).toEqual(expected);
});
