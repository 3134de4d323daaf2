import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '@muster/import-model';
import { detailMessage } from '@muster/platform';

const COLUMNS = ['Nr', 'Name', 'Vertreter'];
const KEY = { SourceFieldID: 'Nr', TargetFieldID: 'externalId' };
const DOCUMENT = {
  formatVersion: 1,
  entity: 'customer',
  mode: 'upsert',
  mappings: [KEY],
  userMapping: { by: 'email', SourceFieldID: 'Vertreter' },
};
const mapped = (mapping: object) => ({ mappings: [KEY, mapping] });

function told(change: object): string[] {
  const result = parseConfiguration({ ...DOCUMENT, ...change }, COLUMNS);
  return result.ok ? [] : result.faults.map((fault) => `${fault.pointer}: ${detailMessage(fault, 'de')}`);
}

describe('what is wrong with a configuration, in German', () => {
  it.each<[string, object, string]>([
    ['a mode that there is not', { mode: 'upsrt' }, '/mode: Meinten Sie „upsert“? Erwartet wird einer der Werte: create, update, upsert, sync, Insert, UpdateOrInsert, UpdateOrInsertOrDelete.'],
    ['one that is like none', { mode: 'x' }, '/mode: Erwartet wird einer der Werte: create, update, upsert, sync, Insert, UpdateOrInsert, UpdateOrInsertOrDelete.'],
    ['an entity that there is not', { entity: 'custommer' }, '/entity: Es gibt keine Entität „custommer“. Meinten Sie „customer“?'],
    ['one by its label', { entity: 'Kunde' }, '/entity: Es gibt keine Entität „Kunde“. Meinten Sie „customer“?'],
    ['a quote', { source: { quote: '`' } }, '/source/quote: Erwartet wird einer der Werte: "\\"", "\'".'],
    ['a later format', { formatVersion: 2 }, '/formatVersion: Das stammt aus einer neueren Version von Muster. Erwartet wird einer der Werte: 1.'],
    ['no mapping', { mappings: [] }, '/mappings: Mindestens ein Eintrag.'],
    ['a target by its id', mapped({ SourceFieldID: 'Name', TargetFieldID: 'nam1' }), '/mappings/1/TargetFieldID: Die Entität customer hat kein Feld „nam1“. Meinten Sie „name1“?'],
    ['a target by its label', mapped({ SourceFieldID: 'Name', TargetFieldID: 'Postleitzahl' }), '/mappings/1/TargetFieldID: Die Entität customer hat kein Feld „Postleitzahl“. Meinten Sie „postalCode“?'],
    ['a target by what people call it', mapped({ SourceFieldID: 'Name', TargetFieldID: 'Firmennahme' }), '/mappings/1/TargetFieldID: Die Entität customer hat kein Feld „Firmennahme“. Meinten Sie „name1“?'],
    ['two sources', mapped({ SourceFieldID: 'Name', constant: 'x', TargetFieldID: 'name1' }), '/mappings/1/constant: Ein Wert kommt aus einer Spalte oder ist eine Konstante, nicht beides.'],
    ['a constant that no cell could hold', mapped({ constant: 'oft', TargetFieldID: 'callInterval' }), '/mappings/1/constant: Das Feld kann diesen Wert nicht enthalten.'],
    ['a value map that is a list', mapped({ SourceFieldID: 'Name', TargetFieldID: 'name1', valueMap: [1] }), '/mappings/1/valueMap: Erwartet werden Texte und was jeder bedeutet, etwa {"J": "Ja"}, höchstens 10000.'],
    ['a delimiter', { source: { delimiter: 'x' } }, '/source/delimiter: Erwartet wird einer der Werte: ",", ";", "\\t", "|".'],
    ['a date pattern', { source: { dateFormat: 'Tag' } }, '/source/dateFormat: Erwartet wird ein Muster aus Tag, Monat und Jahr wie dd.MM.yyyy.'],
    ['an assignment where none is', { entity: 'user', mappings: [{ SourceFieldID: 'Nr', TargetFieldID: 'email' }] }, '/userMapping: Was hier importiert wird, gehört der Firma selbst und wird keinen Mitarbeitern zugeordnet. Lassen Sie das weg.'],
  ])('%s', (_what, change, text) => {
    expect(told(change)).toEqual([text]);
  }); // prettier-ignore
});
