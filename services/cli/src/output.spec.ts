import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Output, OutputClosed } from './output.js';

/** Takes one text and waits until it is told to go on. */
function slowStream() {
  const taken: string[] = [];
  let release: (error?: Error) => void = () => undefined;
  const stream = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _encoding, done) {
      taken.push(chunk.toString());
      release = done;
    },
  });
  return { stream, taken, release: (error?: Error) => release(error) };
}

function brokenPipe(): Error {
  return Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
}

describe('Output', () => {
  it('waits until the other end has taken what was written', async () => {
    const slow = slowStream();
    const states: string[] = [];
    const writing = new Output(slow.stream).write('one').then(() => states.push('written'));
    await new Promise(setImmediate);
    expect(states).toEqual([]);
    slow.release();
    await writing;
    expect(slow.taken).toEqual(['one']);
    expect(slow.stream.listenerCount('drain')).toBe(0);
  });

  it('says when nobody reads on', async () => {
    const slow = slowStream();
    const output = new Output(slow.stream);
    const writing = output.write('one');
    slow.release(brokenPipe());
    await expect(writing).rejects.toBeInstanceOf(OutputClosed);
    await expect(output.write('two')).rejects.toBeInstanceOf(OutputClosed);
  });

  it('passes other failures of the stream on', async () => {
    const slow = slowStream();
    const writing = new Output(slow.stream).write('one');
    slow.release(new Error('no space left'));
    await expect(writing).rejects.toThrow('no space left');
  });
});
