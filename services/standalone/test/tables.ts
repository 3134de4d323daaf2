/** Rows of a CSV file, quoted throughout. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';') + '\r\n').join('');
}

/** A configuration of an upsert of customers by external id, with the columns Rep, Id and others by their field's name. */
export function configuration(fields: readonly string[], options: object = {}): object {
  return {
    formatVersion: 1,
    entity: 'customer',
    mode: 'upsert',
    mappings: [
      { SourceFieldID: 'Id', TargetFieldID: 'externalId', UpdateBehavior: 2 },
      ...fields.map((field) => ({ SourceFieldID: field, TargetFieldID: field, UpdateBehavior: 0 })),
    ],
    userMapping: { by: 'email', SourceFieldID: 'Rep' },
    options,
  };
}

export function repOf(index: number, reps: number): string {
  return `rep${String((index % reps) + 1).padStart(2, '0')}@example.com`;
}

const TEXTS = [
  'Müller & Söhne',
  'Café "Zum Ochsen"',
  'Zeile 1\nZeile 2',
  '😀 GmbH',
  'Ærø; Łódź',
  "O'Neil",
  '007',
  '=1+1',
  'ß',
  '日本',
];

/** `count` customers spread over reps, with texts that go wrong easily; external ids begin with zeros. */
export function customerTable(count: number, reps: number): { rows: string[][]; fields: string[] } {
  const fields = ['name1', 'city', 'phone', 'notes'];
  const rows = Array.from({ length: count }, (_, i) => {
    const text = TEXTS[i % TEXTS.length] ?? '';
    return [repOf(i, reps), String(i).padStart(7, '0'), `${text} ${i}`, text, '+43 1 234', `${text}\r\n${i}`];
  });
  return { rows: [['Rep', 'Id', ...fields], ...rows], fields };
}
