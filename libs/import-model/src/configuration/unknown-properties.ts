import { pointerTo } from '@muster/contracts';
import { nearest, nearParams } from '../text/nearest.js';
import type { ConfigurationFault } from './configuration.js';
import { document, importOptions, mappingEntry, sourceOptions, userMapping } from './document-schema.js';

const KNOWN = {
  document: Object.keys(document.shape),
  source: Object.keys(sourceOptions.shape),
  mapping: Object.keys(mappingEntry.shape),
  userMapping: Object.keys(userMapping.shape),
  options: Object.keys(importOptions.shape),
};

/** Every property that means nothing, with the name that may have been meant. Keys of value maps are texts, not properties. */
export function unknownProperties(value: unknown): ConfigurationFault[] {
  const top = new Map(entriesOf(value));
  const mappings = top.get('mappings');
  return [
    ...unknownIn(value, KNOWN.document),
    ...unknownIn(top.get('source'), KNOWN.source, 'source'),
    ...(Array.isArray(mappings) ? mappings : []).flatMap((mapping: unknown, i) =>
      unknownIn(mapping, KNOWN.mapping, 'mappings', i),
    ),
    ...unknownIn(top.get('userMapping'), KNOWN.userMapping, 'userMapping'),
    ...unknownIn(top.get('options'), KNOWN.options, 'options'),
  ];
}

function unknownIn(value: unknown, known: readonly string[], ...path: (string | number)[]): ConfigurationFault[] {
  return entriesOf(value)
    .map(([name]) => name)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      const params = { name: name.slice(0, 200), ...nearParams(meant) };
      return { code: 'unknown_property', pointer: pointerTo(...path, name), params };
    });
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
