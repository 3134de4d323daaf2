import { expect, it } from 'vitest';
import { planSend, type SendCandidate } from './plan-send.js';

const ANNA: SendCandidate = {
  userId: 'u',
  loginEnabled: true,
  displayName: 'Anna',
  email: 'anna@example.com',
  mobile: '+436641234567',
  linkId: 'old',
  linkState: 'created',
  linkRequested: false,
};
const sending = (linkId: string, isNew: boolean) => ({
  outcome: 'requested',
  link: { userId: 'u', displayName: 'Anna', linkId, isNew },
});

it.each<[string, Partial<SendCandidate>, 'email' | 'sms', object]>([
  ['an account with a link that nobody has sent', {}, 'email', sending('old', false)],
  ['by SMS', { email: null }, 'sms', sending('old', false)],
  ['one whose link is on its way', { linkRequested: true }, 'email', sending('new', true)],
  ['one whose link was delivered', { linkState: 'delivered', linkRequested: true }, 'email', sending('new', true)],
  ['one that has used its link', { linkState: 'used', linkRequested: true }, 'email', sending('new', true)],
  ['one without a link', { linkId: null, linkState: null }, 'email', sending('new', true)],
  ['one that is not there', { loginEnabled: null, displayName: null }, 'email', { outcome: 'user_not_found' }],
  ['a deactivated one', { loginEnabled: false }, 'email', { outcome: 'deactivated' }],
  ['one without e-mail', { email: null }, 'email', { outcome: 'no_email' }],
  ['one without a number', { mobile: null }, 'sms', { outcome: 'no_mobile_number' }],
])('%s', (_name, candidate, channel, plan) => {
  expect(planSend({ ...ANNA, ...candidate }, channel, 'new')).toEqual(plan);
});
