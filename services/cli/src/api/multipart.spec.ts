import { describe, expect, it } from 'vitest';
import { multipart } from './multipart.js';

describe('multipart', () => {
  it('is read as the form that it is', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256);
    const body = multipart({ rowOffset: 0, sheet: 'Kunden "Süd"\r\n' }, new Blob([bytes]), 'Größe "1"\r\n.csv');
    const form = await new Response(body).formData();
    expect([...form.keys()]).toEqual(['rowOffset', 'sheet', 'file']);
    expect([form.get('rowOffset'), form.get('sheet')]).toEqual(['0', 'Kunden "Süd"\r\n']);
    const file = form.get('file') as File;
    expect(file.name).toBe('Größe "1"\r\n.csv');
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  });

  it('has another boundary each time', () => {
    const types = [1, 2].map(() => multipart({}, new Blob([]), 'a.csv').type);
    expect(new Set(types).size).toBe(2);
  });
});
