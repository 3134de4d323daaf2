import { defineProblems } from '../problem.js';

export const IMPORT_PROBLEMS = defineProblems({
  upload_not_found: {
    status: 404,
    title: { en: 'Upload not found', de: 'Upload nicht gefunden' },
    detail: { en: 'There is no upload with this id.', de: 'Es gibt keinen Upload mit dieser ID.' },
  },
  file_removed: {
    status: 410,
    title: { en: 'File no longer kept', de: 'Datei nicht mehr aufbewahrt' },
    detail: {
      en: 'Files and their rows are kept for 30 days after their last import. What the import counted is still there; send the file again to import it.',
      de: 'Dateien und ihre Zeilen werden 30 Tage nach ihrem letzten Import aufbewahrt. Die Zahlen des Imports bleiben; zum Importieren senden Sie die Datei noch einmal.',
    },
  },
  import_not_found: {
    status: 404,
    title: { en: 'Import not found', de: 'Import nicht gefunden' },
    detail: { en: 'There is no import with this id.', de: 'Es gibt keinen Import mit dieser ID.' },
  },
  import_state: {
    status: 409,
    title: { en: 'Not possible in this state', de: 'In diesem Zustand nicht möglich' },
    detail: {
      en: '"{command}" is not possible while the import is {state}.',
      de: '„{command}“ ist nicht möglich, solange der Import {state, select, draft {ein Entwurf ist} staging {eingelesen wird} staged {erst eingelesen ist} planning {geplant wird} planned {geplant ist} awaitingApproval {auf Genehmigung wartet} scheduled {auf seine Nacht wartet} running {läuft} paused {pausiert} completed {abgeschlossen ist} completedWithErrors {mit Fehlern abgeschlossen ist} failed {fehlgeschlagen ist} aborted {abgebrochen ist} cancelled {geschlossen ist} other {in diesem Zustand ist}} (Zustand {state}).',
    },
  },
  import_running: {
    status: 409,
    title: { en: 'Another import is running', de: 'Ein anderer Import läuft' },
    detail: {
      en: 'The import {importId} of the same kind is writing at the moment. Wait for its end, or abort it.',
      de: 'Der Import {importId} derselben Art schreibt gerade. Warten Sie sein Ende ab, oder brechen Sie ihn ab.',
    },
  },
  no_known_rep: {
    status: 422,
    title: { en: 'No row for any known rep', de: 'Keine Zeile für einen bekannten Mitarbeiter' },
    detail: {
      en: '{reason, select, wholeFile {The whole file is for "{value}", which is not the {by, select, email {e-mail address} employeeNumber {employee number} other {name}} of an account with its own schedule.} leftOut {All reps that were found are left out. Take at least one of them in again.} other {None of the values of the rep column is the {by, select, email {e-mail address} employeeNumber {employee number} other {name}} of an account with its own schedule. Check that the right column is chosen.}}',
      de: '{reason, select, wholeFile {Die ganze Datei ist für „{value}“ bestimmt; das ist nicht {by, select, email {die E-Mail-Adresse} employeeNumber {die Personalnummer} other {der Name}} eines Kontos mit eigenem Besuchsplan.} leftOut {Alle gefundenen Mitarbeiter sind ausgenommen. Nehmen Sie mindestens einen wieder auf.} other {Kein Wert der Mitarbeiterspalte ist {by, select, email {die E-Mail-Adresse} employeeNumber {die Personalnummer} other {der Name}} eines Kontos mit eigenem Besuchsplan. Prüfen Sie, ob die richtige Spalte gewählt ist.}}',
    },
  },
  too_many_rep_values: {
    status: 422,
    title: { en: 'Too many different reps', de: 'Zu viele verschiedene Mitarbeiter' },
    detail: {
      en: 'The rep column has more than {limit} different values. Check that the right column is chosen.',
      de: 'Die Mitarbeiterspalte hat mehr als {limit} verschiedene Werte. Prüfen Sie, ob die richtige Spalte gewählt ist.',
    },
  },
  guard_exceeded: {
    status: 409,
    title: { en: 'Beyond the guard', de: 'Schutzgrenze überschritten' },
    detail: {
      en: 'The import would {effect, select, deactivations {deactivate} scheduleRemovals {take the schedule from} demotions {take the rights of administrators from} other {remove}} {planned} of {base}; {limit} are let pass. Nothing was written. Somebody has to approve it, or cancel.',
      de: 'Der Import würde {planned} von {base} {effect, select, deactivations {deaktivieren} scheduleRemovals {den eigenen Besuchsplan nehmen} demotions {die Rechte von Administratoren nehmen} other {entfernen}}; zugelassen sind {limit}. Es wurde nichts geschrieben. Jemand muss ihn genehmigen oder schließen.',
    },
  },
  waits_behind: {
    status: 409,
    title: { en: 'Another one comes first', de: 'Ein anderer kommt zuerst' },
    detail: {
      en: 'The import {importId} of the same kind comes first: somebody has to approve or cancel it, or it has to come to its end. Then this one is planned anew and goes on by itself.',
      de: 'Der Import {importId} derselben Art kommt zuerst: Jemand muss ihn genehmigen oder schließen, oder er muss zu Ende kommen. Dann wird dieser neu geplant und läuft von selbst weiter.',
    },
  },
  approval_pending: {
    status: 409,
    title: { en: 'Another one awaits approval', de: 'Ein anderer wartet auf Genehmigung' },
    detail: {
      en: 'The guard has stopped the import {importId} of the same kind, and nobody has decided about it. Look at it before you run this one.',
      de: 'Die Schutzgrenze hat den Import {importId} derselben Art angehalten, und niemand hat darüber entschieden. Sehen Sie ihn an, bevor Sie diesen starten.',
    },
  },
  guard_not_raised: {
    status: 409,
    title: { en: 'Limits not raised', de: 'Grenzen nicht angehoben' },
    detail: {
      en: 'The configuration asks for higher limits of the guard than the company has ({percent} % or {count, number}, whichever is less). A document cannot raise them; somebody who approves a run can, for that run.',
      de: 'Die Konfiguration verlangt höhere Schutzgrenzen, als das Unternehmen hat ({percent} % oder {count, number}, was weniger ist). Ein Dokument kann sie nicht anheben; wer einen Lauf genehmigt, kann es für diesen Lauf.',
    },
  },
  too_many_errors: {
    status: 422,
    title: { en: 'Too many errors', de: 'Zu viele Fehler' },
    detail: {
      en: '{count, plural, one {One row was} other {# rows were}} invalid or failed; {limit} are let pass. The import was stopped; what was written before stays.',
      de: '{count, plural, one {Eine Zeile war ungültig oder scheiterte} other {# Zeilen waren ungültig oder scheiterten}}; zugelassen sind {limit}. Der Import wurde angehalten; was vorher geschrieben wurde, bleibt.',
    },
  },
  other_sheets: {
    status: 422,
    title: { en: 'Other sheets with data', de: 'Weitere Tabellenblätter mit Daten' },
    detail: {
      en: 'The file has other sheets with data, which this import does not read: {sheets}.',
      de: 'Die Datei hat weitere Tabellenblätter mit Daten, die dieser Import nicht liest: {sheets}.',
    },
  },
  removals_withheld: {
    status: 409,
    title: { en: 'Nothing was removed', de: 'Nichts wurde entfernt' },
    detail: {
      en: 'What is absent from the file stays as it is: {reason, select, unreadable_rows {not every row of it says whom or what it means} unknown_rep {not every row of it says whose it is} more_than_planned {there is more of it than the plan foresaw} too_many_errors {there were too many errors} aborted {the import was stopped, and with it the removal} other {the restore point is not there}}.',
      de: 'Was in der Datei fehlt, bleibt, wie es ist: {reason, select, unreadable_rows {Nicht jede Zeile sagt, wen oder was sie meint} unknown_rep {Nicht jede Zeile sagt, wem sie gehört} more_than_planned {Es ist mehr, als der Plan vorsah} too_many_errors {Es gab zu viele Fehler} aborted {Der Import wurde angehalten, und mit ihm das Entfernen} other {Der Wiederherstellungspunkt fehlt}}.',
    },
  },
  import_entity_fixed: {
    status: 409,
    title: { en: 'Another kind of record', de: 'Andere Art von Datensatz' },
    detail: {
      en: 'This import has written records of the kind {entity}. Another kind needs an import of its own.',
      de: 'Dieser Import hat Datensätze der Art {entity} geschrieben. Eine andere Art braucht einen eigenen Import.',
    },
  },
  import_rep_not_found: {
    status: 404,
    title: { en: 'Rep not in this import', de: 'Mitarbeiter nicht in diesem Import' },
    detail: {
      en: 'No row of this import belongs to this rep.',
      de: 'Keine Zeile dieses Imports gehört zu diesem Mitarbeiter.',
    },
  },
  rep_not_waiting: {
    status: 409,
    title: { en: 'Rep does not wait', de: 'Mitarbeiter wartet nicht' },
    detail: {
      en: 'The rep {rep} can be neither imported nor skipped: {standing, select, done {all rows are imported already} running {the rows are under way} skipped {it was skipped already} excluded {it is left out} other {the account has no schedule of its own}}.',
      de: 'Der Mitarbeiter {rep} kann weder importiert noch übersprungen werden: {standing, select, done {Alle Zeilen sind bereits importiert} running {Die Zeilen sind in Arbeit} skipped {Er wurde bereits übersprungen} excluded {Er ist ausgenommen} other {Das Konto hat keinen eigenen Besuchsplan}}.',
    },
  },
  import_without_plan: {
    status: 409,
    title: { en: 'Nothing planned', de: 'Nichts geplant' },
    detail: {
      en: 'There is no plan to show: the import is in state {state}. A plan is there from its end to the run, and between reps.',
      de: 'Es gibt keine Vorschau: Der Import ist im Zustand {state}. Eine Vorschau gibt es von ihrem Ende bis zum Lauf, und zwischen Mitarbeitern.',
    },
  },
  import_without_reps: {
    status: 409,
    title: { en: 'Import without reps', de: 'Import ohne Mitarbeiter' },
    detail: {
      en: 'The rows of this import belong to the company, not to reps: it is run as a whole.',
      de: 'Die Zeilen dieses Imports gehören dem Unternehmen, nicht einzelnen Mitarbeitern: Er läuft als Ganzes.',
    },
  },
  rows_invalid: {
    status: 422,
    title: { en: 'Rows not valid', de: 'Zeilen ungültig' },
    detail: {
      en: '{count, plural, one {One row is} other {# rows are}} not valid, and the configuration asks for all or nothing. {part, select, rest {Nothing of the reps that are left was written.} other {Nothing was written.}}',
      de: '{count, plural, one {Eine Zeile ist} other {# Zeilen sind}} ungültig, und die Konfiguration verlangt alles oder nichts. {part, select, rest {Von den übrigen Mitarbeitern wurde nichts geschrieben.} other {Es wurde nichts geschrieben.}}',
    },
  },
  unknown_rep_in_request: {
    status: 422,
    title: { en: 'Rep not in this import', de: 'Mitarbeiter nicht in diesem Import' },
    detail: {
      en: 'No row of this import belongs to the rep {rep}.',
      de: 'Keine Zeile dieses Imports gehört zum Mitarbeiter {rep}.',
    },
  },
  unknown_entity: {
    status: 404,
    title: { en: 'Unknown entity', de: 'Unbekannte Entität' },
    detail: {
      en: 'There is no entity "{name}".{near, select, yes { Did you mean "{nearest}"?} other {}}',
      de: 'Es gibt keine Entität „{name}“.{near, select, yes { Meinten Sie „{nearest}“?} other {}}',
    },
  },
  restore_point_void: {
    status: 409,
    title: { en: 'Restore point void', de: 'Wiederherstellungspunkt ungültig' },
    detail: {
      en: 'The restore point of this run is gone. Nothing more was written; resume the import to make a new one.',
      de: 'Den Wiederherstellungspunkt dieses Laufs gibt es nicht mehr. Es wurde nichts mehr geschrieben; setzen Sie den Import fort, um einen neuen anzulegen.',
    },
  },
});
