import { defineProblems } from '../problem.js';

export const COMMON_PROBLEMS = defineProblems({
  internal_error: {
    status: 500,
    title: { en: 'Internal error', de: 'Interner Fehler' },
    detail: {
      en: 'Something went wrong on our side. Nothing you sent is at fault; the request id helps us to find the cause.',
      de: 'Bei uns ist etwas schiefgegangen. An Ihrer Anfrage liegt es nicht; die Anfrage-ID hilft uns, die Ursache zu finden.',
    },
    logLevel: 'error',
  },
  service_unavailable: {
    status: 503,
    title: { en: 'Temporarily unavailable', de: 'Vorübergehend nicht verfügbar' },
    detail: {
      en: 'A part that is needed does not answer at the moment. Try again shortly.',
      de: 'Ein benötigter Teil antwortet zurzeit nicht. Bitte versuchen Sie es gleich noch einmal.',
    },
    logLevel: 'warn',
  },
  validation_failed: {
    status: 422,
    title: { en: 'Invalid request', de: 'Ungültige Anfrage' },
    detail: {
      en: '{count, plural, one {One value is} other {# values are}} not valid; each is listed.',
      de: '{count, plural, one {Ein Wert ist} other {# Werte sind}} nicht gültig; alle sind aufgeführt.',
    },
  },
  malformed_request: {
    status: 400,
    title: { en: 'Malformed request', de: 'Fehlerhafte Anfrage' },
    detail: {
      en: 'The request cannot be read: {reason}',
      de: 'Die Anfrage ist nicht lesbar: {reason}',
    },
  },
  request_too_large: {
    status: 413,
    title: { en: 'Request too large', de: 'Anfrage zu groß' },
    detail: { en: 'The body of the request is too large.', de: 'Der Inhalt der Anfrage ist zu groß.' },
  },
  unsupported_media_type: {
    status: 415,
    title: { en: 'Unsupported media type', de: 'Medientyp nicht unterstützt' },
    detail: { en: 'Expected {expected}.', de: 'Erwartet wird {expected}.' },
  },
  not_found: {
    status: 404,
    title: { en: 'Not found', de: 'Nicht gefunden' },
    detail: { en: 'There is nothing at this address.', de: 'Unter dieser Adresse gibt es nichts.' },
  },
  method_not_allowed: {
    status: 405,
    title: { en: 'Method not allowed', de: 'Methode nicht erlaubt' },
    detail: { en: 'This address does not know this method.', de: 'Diese Adresse kennt diese Methode nicht.' },
  },
  unauthenticated: {
    status: 401,
    title: { en: 'Not signed in', de: 'Nicht angemeldet' },
    detail: {
      en: 'The request carries no valid token or API key.',
      de: 'Die Anfrage enthält kein gültiges Token und keinen gültigen API-Schlüssel.',
    },
  },
  forbidden: {
    status: 403,
    title: { en: 'Not allowed', de: 'Nicht erlaubt' },
    detail: {
      en: 'You are signed in, but may not do this. Needed: {needed}.',
      de: 'Sie sind angemeldet, dürfen das aber nicht. Nötig: {needed}.',
    },
  },
  version_conflict: {
    status: 412,
    title: { en: 'Changed meanwhile', de: 'Zwischenzeitlich geändert' },
    detail: {
      en: 'Somebody has changed this since you read it. Read it again, then repeat your change.',
      de: 'Jemand hat das geändert, seit Sie es gelesen haben. Lesen Sie es neu und wiederholen Sie Ihre Änderung.',
    },
  },
  precondition_required: {
    status: 428,
    title: { en: 'Version needed', de: 'Version nötig' },
    detail: {
      en: 'Send the ETag that you have read as If-Match, so that no change of somebody else is lost; or If-Match: * to overwrite.',
      de: 'Senden Sie den gelesenen ETag als If-Match, damit keine fremde Änderung verloren geht; oder If-Match: *, um zu überschreiben.',
    },
  },
  invalid_cursor: {
    status: 400,
    title: { en: 'Invalid cursor', de: 'Ungültiger Cursor' },
    detail: {
      en: 'The cursor is not one of this list. Begin again without a cursor.',
      de: 'Der Cursor gehört nicht zu dieser Liste. Beginnen Sie ohne Cursor von vorn.',
    },
  },
  idempotency_key_in_use: {
    status: 409,
    title: { en: 'First request still running', de: 'Erste Anfrage läuft noch' },
    detail: {
      en: 'A request with this Idempotency-Key is still running. Repeat it shortly to get its answer.',
      de: 'Eine Anfrage mit diesem Idempotency-Key läuft noch. Wiederholen Sie sie gleich, um ihre Antwort zu erhalten.',
    },
  },
  idempotency_key_reused: {
    status: 422,
    title: { en: 'Idempotency-Key used for something else', de: 'Idempotency-Key anders verwendet' },
    detail: {
      en: 'This Idempotency-Key came with another request within the last 24 hours.',
      de: 'Dieser Idempotency-Key kam in den letzten 24 Stunden mit einer anderen Anfrage.',
    },
  },
  idempotency_key_invalid: {
    status: 400,
    title: { en: 'Invalid Idempotency-Key', de: 'Ungültiger Idempotency-Key' },
    detail: {
      en: 'An Idempotency-Key has 1 to 128 printable ASCII characters.',
      de: 'Ein Idempotency-Key hat 1 bis 128 druckbare ASCII-Zeichen.',
    },
  },
});
