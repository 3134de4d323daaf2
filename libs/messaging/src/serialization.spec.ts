import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_EVENT_BYTES, userCreated, type EventOf } from '@muster/contracts';
import { newEvent } from './new-event.js';
import { InvalidEvent, parseEvent, serializeEvent } from './serialization.js';

const id = (digit: string) => digit.repeat(32);
const event: EventOf<typeof userCreated> = {
  id: id('1'),
  type: 'user.created.v1',
  source: 'user-admin',
  time: '2026-11-23T10:00:00.000Z',
  subject: id('3'),
  companyId: id('2'),
  actor: `user:${id('4')}`,
  cause: 'request:äöü',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  data: { userId: id('3'), version: 1, kind: 'staff', hasOwnSchedule: true, employeeNumber: '007' },
};

describe('an event on the wire', () => {
  it('is CloudEvents in binary mode: attributes as headers, the data alone as value', () => {
    expect(serializeEvent(userCreated, event)).toEqual({
      key: id('2'),
      headers: {
        ce_specversion: '1.0',
        ce_id: id('1'),
        ce_type: 'user.created.v1',
        ce_source: 'user-admin',
        ce_time: '2026-11-23T10:00:00.000Z',
        ce_subject: id('3'),
        ce_company: id('2'),
        ce_actor: `user:${id('4')}`,
        ce_cause: 'request:äöü',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        'content-type': 'application/json',
      },
      value: JSON.stringify(event.data),
    });
  });

  it('says for whom it is, where one service alone is to read it', () => {
    const addressed = serializeEvent({ ...userCreated, audience: () => 'import' }, event);
    expect(addressed.headers['ce_audience']).toBe('import');
    expect(parseEvent(userCreated, addressed)).toEqual(event);
  });

  it('comes back as it was, with and without a trace', () => {
    const { traceparent: _, ...untraced } = event;
    expect(parseEvent(userCreated, serializeEvent(userCreated, event))).toEqual(event);
    expect(parseEvent(userCreated, serializeEvent(userCreated, untraced))).toEqual(untraced);
  });

  it('may have properties that this version of the contract does not know', () => {
    const outgoing = serializeEvent(userCreated, event);
    const newer = { ...outgoing, value: JSON.stringify({ ...event.data, shoeSize: 46 }) };
    expect(parseEvent(userCreated, newer)).toEqual(event);
  });

  it.each([
    ['a header is missing', { ce_company: undefined }, undefined, /headers .*ce_company/s],
    ['the value is no JSON', {}, 'nonsense', /not JSON/],
    ['the data do not fit', {}, '{"userId":1}', /data .*userId/s],
  ])('is invalid when %s', (_, headers, value, message) => {
    const outgoing = serializeEvent(userCreated, event);
    const known = Object.entries({ ...outgoing.headers, ...headers }).filter(([, text]) => text !== undefined);
    const spoilt = { headers: Object.fromEntries(known) as Record<string, string>, value: value ?? outgoing.value };
    expect(() => parseEvent(userCreated, spoilt)).toThrow(InvalidEvent);
    expect(() => parseEvent(userCreated, spoilt)).toThrow(message);
  });

  it('may be as large as the limit in UTF-8, and no larger', () => {
    const rest = JSON.stringify({ ...event.data, employeeNumber: '' }).length;
    const ofBytes = (bytes: number) => ({ ...event, data: { ...event.data, employeeNumber: 'ä'.repeat(bytes / 2) } });
    const room = MAX_EVENT_BYTES - rest;
    expect(serializeEvent(userCreated, ofBytes(room - (room % 2))).value).toBeDefined();
    expect(() => serializeEvent(userCreated, ofBytes(room - (room % 2) + 2))).toThrow(InvalidEvent);
  });
});

describe('an event with packed properties', () => {
  const pack = (value: unknown) => gzipSync(JSON.stringify(value));

  it.each([
    ['one', { employeeNumber: pack('ä😀"\\') }, { ...event.data, employeeNumber: 'ä😀"\\' }],
    ['two', { employeeNumber: pack('8'), version: pack(2) }, { ...event.data, employeeNumber: '8', version: 2 }],
    ['none', {}, event.data],
  ])('says what it is packed with and unpacks to its JSON: %s', (_, packed, data) => {
    const outgoing = serializeEvent(userCreated, event, packed);
    expect(outgoing.headers).toMatchObject({ 'content-type': 'application/json', 'content-encoding': 'gzip' });
    expect(JSON.parse(gunzipSync(outgoing.value).toString())).toEqual(data);
    expect(parseEvent(userCreated, outgoing)).toEqual({ ...event, data });
  });

  it('holds to the same limit, counted as it is unpacked', () => {
    const text = (length: number) => ({ employeeNumber: pack('x'.repeat(length)) });
    const rest = JSON.stringify({ ...event.data, employeeNumber: '' }).length;
    expect(serializeEvent(userCreated, event, text(MAX_EVENT_BYTES - rest)).value.length).toBeLessThan(100_000);
    expect(() => serializeEvent(userCreated, event, text(MAX_EVENT_BYTES - rest + 1))).toThrow(InvalidEvent);
  });

  it.each([
    ['what it is packed with is unknown', { 'content-encoding': 'br' }, Buffer.from('{}')],
    ['it is no gzip', {}, Buffer.from('{}')],
    ['it unpacks to more than an event may have', {}, gzipSync(' '.repeat(MAX_EVENT_BYTES + 1))],
  ])('is invalid when %s', (_, headers, value) => {
    const outgoing = serializeEvent(userCreated, event, {});
    expect(() => parseEvent(userCreated, { headers: { ...outgoing.headers, ...headers }, value })).toThrow(
      InvalidEvent,
    );
  });
});

describe('a new event', () => {
  const scope = { companyId: id('2'), actor: 'system', cause: 'request:1' };

  it('takes company, actor, cause and trace from its scope', () => {
    const made = newEvent('user-admin', userCreated, { ...scope, traceparent: '00-x' }, event.data);
    expect(made).toMatchObject({
      ...scope,
      traceparent: '00-x',
      subject: id('3'),
      source: 'user-admin',
      data: event.data,
    });
    expect(made.id).toMatch(/^[0-9a-f]{32}$/);
    expect(newEvent('user-admin', userCreated, scope, event.data)).not.toHaveProperty('traceparent');
  });

  it('fits its contract and comes from one of its sources', () => {
    expect(() => newEvent('user-admin', userCreated, scope, { ...event.data, version: 0 })).toThrow(InvalidEvent);
    expect(() => newEvent('import', userCreated, scope, event.data)).toThrow('import is no source');
  });
});
