import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@muster/contracts';
import { parseConfiguration } from '../configuration/parse-configuration.js';
import { templateConfiguration } from '../configuration/template-configuration.js';
import { parseCell } from '../values/compile-column.js';
import { CUSTOM_FIELD_TYPES, withCustomFields, type CustomFieldDefinition } from './custom-fields.js';
import { ENTITIES, entitySchema, isEntityName } from './entities.js';
import { fieldOf, type EntitySchema } from './field-schema.js';

const RECORDS = ['customer', 'appointment', 'task', 'report'] as const;

const FIELDS = {
  customer:
    'id externalId name1 name2 name3 salutation firstName lastName street postalCode city state country ' +
    'latitude longitude phone mobile email website callInterval callDuration category notes businessHours doNotCall lastCall',
  appointment:
    'id externalId subject customer street postalCode city state country latitude longitude ' +
    'earliestBegin latestEnd duration wholeDay location notes',
  task: 'id externalId subject customer dueDate priority completionOptional done notes',
  report: 'id externalId type customer start end result notes',
};
const REQUIRED = { customer: ['name1'], appointment: ['subject'], task: ['subject'], report: ['type'] };

describe.each(RECORDS.map((name) => [name, ENTITIES[name]] as [typeof name, EntitySchema]))(
  'the %s',
  (name, schema) => {
    it('has its fields', () => {
      expect(schema.name).toBe(name);
      expect(schema.fields.map(({ id }) => id).join(' ')).toBe(FIELDS[name]);
      expect(schema.fields.filter(({ required }) => required).map(({ id }) => id)).toEqual(REQUIRED[name]);
      expect(schema.fields.filter(({ readOnly }) => readOnly).map(({ id }) => id)).toEqual(['id']);
    });

    it.each(schema.fields.map((field) => [field.id, field] as const))(
      '%s has a valid example, texts in both languages, and values that can be told apart',
      (_id, field) => {
        expect(parseCell(field, field.example)).toMatchObject({ ok: true });
        for (const texts of [field.label, field.description])
          for (const text of [texts.en, texts.de]) expect(text).not.toBe('');
        const words = (field.options ?? []).flatMap(({ code, label }) => [
          ...new Set([code, label.en, label.de].map(plain)),
        ]);
        expect(new Set(words).size).toBe(words.length);
        const preset = field.options ? [field.default ?? words[0]] : [];
        expect(words).toEqual(expect.arrayContaining(preset));
      },
    );

    it('can tell its fields apart by each header it knows', () => {
      const headers = schema.fields.flatMap(({ id, label, synonyms }) => [
        ...new Set([id, label.en, label.de, ...synonyms].map(plain)),
      ]);
      expect(headers.filter((header, i) => headers.indexOf(header) !== i)).toEqual([]);
    });

    it('names only its own fields in its rules', () => {
      const rules = [...schema.unique, ...schema.together, ...schema.rules];
      for (const id of [...schema.presetKeys, ...rules.flatMap(({ fields }) => fields)])
        expect(fieldOf(schema, id)?.id).toBe(id);
      for (const id of schema.presetKeys) expect(fieldOf(schema, id)?.usableAsKey).toBe(true);
    });

    it.each(LANGUAGES)(
      'has a configuration with all of its fields in %s, which is one that can be used',
      (language) => {
        const extended = withCustomFields(schema, DEFINITIONS);
        const template = templateConfiguration(extended, language);
        const columns = [...template.mappings, ...(template.userMapping ? [template.userMapping] : [])].map(
          ({ SourceFieldID }) => SourceFieldID ?? '',
        );
        expect(new Set(columns).size).toBe(columns.length);
        expect(template.mappings.map(({ TargetFieldID }) => TargetFieldID)).toEqual(
          extended.fields.map(({ id }) => id),
        );
        const parsed = parseConfiguration(JSON.parse(JSON.stringify(template)), columns, () => extended);
        expect(parsed).toEqual({ ok: true, configuration: template });
      },
    );
  },
);

const DEFINITIONS = CUSTOM_FIELD_TYPES.map((type): CustomFieldDefinition => {
  const texts = { en: `own ${type}`, de: `Eigenes Feld ${type}` };
  const options = [
    { code: 'A', label: { en: 'large', de: 'groß' } },
    { code: 'B', label: { en: 'small', de: 'klein' } },
  ];
  return { name: type, type, label: texts, description: texts, options: type.endsWith('election') ? options : [] };
});

describe('a company’s own fields', () => {
  const schema = withCustomFields(ENTITIES.task, DEFINITIONS);

  it('come after those that all have, and each reads its example', () => {
    const own = schema.fields.slice(ENTITIES.task.fields.length);
    expect(schema.fields.slice(0, -own.length)).toEqual(ENTITIES.task.fields);
    expect(own.map(({ id }) => id)).toEqual(CUSTOM_FIELD_TYPES.map((type) => `customFields.${type}`));
    for (const field of own) {
      expect(fieldOf(schema, field.id)).toBe(field);
      expect(parseCell(field, field.example)).toMatchObject({ ok: true });
      expect(field).toMatchObject({ required: false, readOnly: false });
    }
    expect(own.filter(({ usableAsKey }) => !usableAsKey).map(({ type }) => type).sort()).toEqual(
      ['multiSelection', 'multiline', 'number', 'yesNo'],
    ); // prettier-ignore
  });

  it('leave the schema alone, and are none without definitions', () => {
    expect(fieldOf(ENTITIES.task, 'customFields.text')).toBeUndefined();
    expect(withCustomFields(ENTITIES.task, [])).toBe(ENTITIES.task);
  });

  it.each(['text', 'multiline'])('hold a thousand characters of %s', (name) => {
    const field = fieldOf(schema, `customFields.${name}`);
    if (!field) throw new Error('no such field');
    expect(parseCell(field, 'x'.repeat(1_000))).toMatchObject({ ok: true });
    expect(parseCell(field, 'x'.repeat(1_001))).toMatchObject({ problem: { code: 'too_long' } });
  });

  it('can be mapped by their name', () => {
    const document = {
      ...{ formatVersion: 1, entity: 'task', mode: 'upsert', userMapping: { by: 'email', constant: 'a@example.com' } },
      mappings: [
        { SourceFieldID: 'Id', TargetFieldID: 'externalId' },
        { SourceFieldID: 'Size', TargetFieldID: 'customFields.selection' },
      ],
    };
    expect(parseConfiguration(document, ['Id', 'Size'], () => schema)).toMatchObject({ ok: true });
    expect(parseConfiguration(document, ['Id', 'Size'])).toMatchObject({
      faults: [{ code: 'unknown_target', pointer: '/mappings/1/TargetFieldID' }],
    });
  });
});

describe('entities', () => {
  it.each(['constructor', '__proto__', 'Customer', ''])('%j is none', (name) => {
    expect(isEntityName(name)).toBe(false);
    expect(() => entitySchema(name)).toThrow('no entity');
  });

  it.each(RECORDS)('%s is one', (name) => {
    expect(entitySchema(name)).toBe(ENTITIES[name]);
  });
});

function plain(text: string): string {
  return text.toLowerCase();
}
