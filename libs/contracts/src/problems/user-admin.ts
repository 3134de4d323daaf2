import { defineProblems } from '../problem.js';

export const USER_ADMIN_PROBLEMS = defineProblems({
  invalid_credentials: {
    status: 401,
    title: { en: 'Sign-in failed', de: 'Anmeldung fehlgeschlagen' },
    detail: {
      en: 'Company, name or secret are not right, or the account is deactivated.',
      de: 'Firma, Name oder Geheimnis stimmen nicht, oder das Konto ist deaktiviert.',
    },
  },
  too_many_attempts: {
    status: 429,
    title: { en: 'Too many attempts', de: 'Zu viele Versuche' },
    detail: {
      en: 'Signing in failed too often. Try again in {seconds, plural, one {one second} other {# seconds}}.',
      de: 'Die Anmeldung ist zu oft fehlgeschlagen. Versuchen Sie es in {seconds, plural, one {einer Sekunde} other {# Sekunden}} noch einmal.',
    },
    logLevel: 'info',
  },
  password_not_right: {
    status: 403,
    title: { en: 'Password not right', de: 'Passwort stimmt nicht' },
    detail: {
      en: 'The current password is not right, or the account has none.',
      de: 'Das bisherige Passwort stimmt nicht, oder das Konto hat keines.',
    },
  },
  password_too_common: {
    status: 422,
    title: { en: 'Password too common', de: 'Passwort zu verbreitet' },
    detail: {
      en: 'Many people use this password, or it is a mere sequence. Choose another; several words do well.',
      de: 'Dieses Passwort verwenden viele, oder es ist eine bloße Folge. Wählen Sie ein anderes; mehrere Wörter eignen sich gut.',
    },
  },
  password_too_personal: {
    status: 422,
    title: { en: 'Password too personal', de: 'Passwort zu persönlich' },
    detail: {
      en: 'The password is made of your e-mail, your username or the name of the company. Choose another.',
      de: 'Das Passwort besteht aus Ihrer E-Mail-Adresse, Ihrem Benutzernamen oder dem Firmennamen. Wählen Sie ein anderes.',
    },
  },
  session_not_found: {
    status: 404,
    title: { en: 'Session not found', de: 'Sitzung nicht gefunden' },
    detail: { en: 'There is no open session with this id.', de: 'Es gibt keine offene Sitzung mit dieser ID.' },
  },
  identity_provider_not_found: {
    status: 404,
    title: { en: 'No identity provider', de: 'Kein Identitätsanbieter' },
    detail: {
      en: 'The company has registered no identity provider.',
      de: 'Die Firma hat keinen Identitätsanbieter eingetragen.',
    },
  },
  identity_provider_unreachable: {
    status: 422,
    title: { en: 'Identity provider cannot be used', de: 'Identitätsanbieter nicht verwendbar' },
    detail: {
      en: 'What the issuer publishes cannot be read or does not fit: {reason, select, address {its address is not https on a public host} answer {there is no valid answer} issuer {it names another issuer} keys {it has no keys that we accept} other {unknown}}.',
      de: 'Was der Aussteller veröffentlicht, ist nicht lesbar oder passt nicht: {reason, select, address {seine Adresse ist kein https auf einem öffentlichen Host} answer {es gibt keine gültige Antwort} issuer {er nennt einen anderen Aussteller} keys {er hat keine Schlüssel, die wir annehmen} other {unbekannt}}.',
    },
  },
  unsupported_grant_type: {
    status: 400,
    title: { en: 'Unsupported grant type', de: 'Grant-Typ nicht unterstützt' },
    detail: {
      en: 'Use password, refresh_token, client_credentials or urn:ietf:params:oauth:grant-type:jwt-bearer.',
      de: 'Verwenden Sie password, refresh_token, client_credentials oder urn:ietf:params:oauth:grant-type:jwt-bearer.',
    },
  },
  company_not_found: {
    status: 404,
    title: { en: 'Company not found', de: 'Firma nicht gefunden' },
    detail: { en: 'There is no company with this id.', de: 'Es gibt keine Firma mit dieser ID.' },
  },
  company_name_taken: {
    status: 409,
    title: { en: 'Company name taken', de: 'Firmenname vergeben' },
    detail: {
      en: 'There is already a company named "{name}".',
      de: 'Es gibt bereits eine Firma mit dem Namen „{name}“.',
    },
  },
  user_not_found: {
    status: 404,
    title: { en: 'User not found', de: 'Benutzer nicht gefunden' },
    detail: { en: 'There is no user account with this id.', de: 'Es gibt kein Benutzerkonto mit dieser ID.' },
  },
  value_taken: {
    status: 409,
    title: { en: 'Value taken', de: 'Wert vergeben' },
    detail: {
      en: 'Another account already has this {field, select, email {e-mail} username {username} employeeNumber {employee number} other {value}}.',
      de: 'Ein anderes Konto hat {field, select, email {diese E-Mail-Adresse} username {diesen Benutzernamen} employeeNumber {diese Personalnummer} other {diesen Wert}} bereits.',
    },
  },
  last_administrator: {
    status: 409,
    title: { en: 'Last administrator', de: 'Letzter Administrator' },
    detail: {
      en: 'This is the last active administrator of the company. Make somebody else an administrator first.',
      de: 'Das ist der letzte aktive Administrator der Firma. Machen Sie zuerst jemand anderen zum Administrator.',
    },
  },
  user_import_not_available: {
    status: 403,
    title: { en: 'Not available for this company', de: 'Für diese Firma nicht verfügbar' },
    detail: {
      en: '{reason, select, host {The accounts of this company are kept in step by {hostSystem, select, salesforce {Salesforce} dynamics {Dynamics} outlook {Outlook} other {another system}}, so they are neither imported nor exported here.} other {User accounts are imported and exported from 2 licences on; this company has {licences}.}}',
      de: '{reason, select, host {Die Konten dieser Firma hält {hostSystem, select, salesforce {Salesforce} dynamics {Dynamics} outlook {Outlook} other {ein anderes System}} auf dem Stand, darum werden sie hier weder importiert noch exportiert.} other {Benutzerkonten werden ab 2 Lizenzen importiert und exportiert; diese Firma hat {licences}.}}',
    },
  },
  company_deletion_not_confirmed: {
    status: 409,
    title: { en: 'Deletion not confirmed', de: 'Löschen nicht bestätigt' },
    detail: {
      en: 'To delete the company, repeat the request with its exact name as "name".',
      de: 'Um die Firma zu löschen, wiederholen Sie die Anfrage mit ihrem genauen Namen als "name".',
    },
  },
  licence_exceeded: {
    status: 409,
    title: { en: 'No licence left', de: 'Keine Lizenz frei' },
    detail: {
      en: '{licences, plural, one {The one licence of the company is} other {All # licences of the company are}} in use.',
      de: '{licences, plural, one {Die eine Lizenz der Firma ist} other {Alle # Lizenzen der Firma sind}} in Verwendung.',
    },
  },
  group_not_found: {
    status: 404,
    title: { en: 'User group not found', de: 'Benutzergruppe nicht gefunden' },
    detail: { en: 'There is no user group with this id.', de: 'Es gibt keine Benutzergruppe mit dieser ID.' },
  },
  group_name_taken: {
    status: 409,
    title: { en: 'Name of the group taken', de: 'Gruppenname vergeben' },
    detail: {
      en: 'There is already a user group named "{name}", maybe in other letter case.',
      de: 'Es gibt bereits eine Benutzergruppe mit dem Namen „{name}“, vielleicht in anderer Schreibung.',
    },
  },
  too_many_groups: {
    status: 409,
    title: { en: 'Too many user groups', de: 'Zu viele Benutzergruppen' },
    detail: {
      en: 'A company has at most {limit, number} user groups.',
      de: 'Eine Firma hat höchstens {limit, number} Benutzergruppen.',
    },
  },
  code_list_not_found: {
    status: 404,
    title: { en: 'Code list not found', de: 'Codeliste nicht gefunden' },
    detail: {
      en: 'There is no code list of this name. There are: {lists}.',
      de: 'Es gibt keine Codeliste dieses Namens. Es gibt: {lists}.',
    },
  },
  access_link_not_found: {
    status: 404,
    title: { en: 'Access link not found', de: 'Zugangslink nicht gefunden' },
    detail: { en: 'There is no such access link.', de: 'Diesen Zugangslink gibt es nicht.' },
  },
  access_link_expired: {
    status: 410,
    title: { en: 'Access link expired', de: 'Zugangslink abgelaufen' },
    detail: {
      en: 'The access link has expired. Ask an administrator of the company for another one.',
      de: 'Der Zugangslink ist abgelaufen. Bitten Sie einen Administrator der Firma um einen neuen.',
    },
  },
  access_link_used: {
    status: 410,
    title: { en: 'Access link used', de: 'Zugangslink verwendet' },
    detail: {
      en: 'The access link has been used. Sign in with your password.',
      de: 'Der Zugangslink wurde bereits verwendet. Melden Sie sich mit Ihrem Passwort an.',
    },
  },
  access_link_replaced: {
    status: 410,
    title: { en: 'Access link replaced', de: 'Zugangslink ersetzt' },
    detail: {
      en: 'There is a newer access link for this account. Use that one.',
      de: 'Für dieses Konto gibt es einen neueren Zugangslink. Verwenden Sie diesen.',
    },
  },
  access_link_disabled: {
    status: 410,
    title: { en: 'Access link disabled', de: 'Zugangslink gesperrt' },
    detail: {
      en: 'The account of this access link is deactivated.',
      de: 'Das Konto dieses Zugangslinks ist deaktiviert.',
    },
  },
  access_link_job_not_found: {
    status: 404,
    title: { en: 'Job not found', de: 'Auftrag nicht gefunden' },
    detail: {
      en: 'There is no job of sending access links with this id.',
      de: 'Es gibt keinen Auftrag zum Versenden von Zugangslinks mit dieser ID.',
    },
  },
  mass_change_not_found: {
    status: 404,
    title: { en: 'Mass change not found', de: 'Massenänderung nicht gefunden' },
    detail: {
      en: 'There is no mass change with this id; it may be more than 30 days old.',
      de: 'Es gibt keine Massenänderung mit dieser ID; vielleicht ist sie älter als 30 Tage.',
    },
  },
  mass_change_state: {
    status: 409,
    title: { en: 'Not possible in this state', de: 'In diesem Zustand nicht möglich' },
    detail: {
      en: '"{command}" is not possible while the mass change is {state}.',
      de: '„{command}“ ist nicht möglich, solange die Massenänderung im Zustand „{state}“ ist.',
    },
  },
  mass_change_running: {
    status: 409,
    title: { en: 'Another mass change is running', de: 'Eine andere Massenänderung läuft' },
    detail: {
      en: 'The mass change {massChangeId} is changing accounts at the moment. Wait for its end, or cancel it.',
      de: 'Die Massenänderung {massChangeId} ändert gerade Konten. Warten Sie ihr Ende ab, oder brechen Sie sie ab.',
    },
  },
  users_not_chosen: {
    status: 422,
    title: { en: 'Which users?', de: 'Welche Benutzer?' },
    detail: { en: 'Give either "userIds" or "filter".', de: 'Geben Sie entweder "userIds" oder "filter" an.' },
  },
  api_key_not_found: {
    status: 404,
    title: { en: 'API key not found', de: 'API-Schlüssel nicht gefunden' },
    detail: { en: 'There is no API key with this id.', de: 'Es gibt keinen API-Schlüssel mit dieser ID.' },
  },
  user_still_active: {
    status: 409,
    title: { en: 'User still active', de: 'Benutzer noch aktiv' },
    detail: {
      en: 'Only a deactivated account can be deleted. Deactivate it first.',
      de: 'Nur ein deaktiviertes Konto kann gelöscht werden. Deaktivieren Sie es zuerst.',
    },
  },
  confirmation_required: {
    status: 409,
    title: { en: 'Confirmation required', de: 'Bestätigung nötig' },
    detail: {
      en: 'The account{discardData, select, true { and {count, plural, one {one record} other {# records}} of it} other {}} will be deleted for good. To confirm, repeat the request within 5 minutes with the Confirmation-Token header of this answer.',
      de: 'Das Konto{discardData, select, true { mit {count, plural, one {einem Datensatz} other {# Datensätzen}}} other {}} wird endgültig gelöscht. Wiederholen Sie die Anfrage zur Bestätigung innerhalb von 5 Minuten mit dem Header Confirmation-Token dieser Antwort.',
    },
  },
  unknown_export_field: {
    status: 422,
    title: { en: 'Unknown field', de: 'Unbekanntes Feld' },
    detail: {
      en: 'There is no field "{field}".{near, select, yes { Did you mean "{nearest}"?} other {}}',
      de: 'Es gibt kein Feld „{field}“.{near, select, yes { Meinten Sie „{nearest}“?} other {}}',
    },
  },
  user_not_deleted: {
    status: 409,
    title: { en: 'User not deleted', de: 'Benutzer nicht gelöscht' },
    detail: {
      en: 'Only who was deleted before can be erased from the audit log.',
      de: 'Aus dem Änderungsprotokoll kann nur entfernt werden, wer zuvor gelöscht wurde.',
    },
  },
  export_too_large: {
    status: 422,
    title: { en: 'Too many rows for a workbook', de: 'Zu viele Zeilen für eine Arbeitsmappe' },
    detail: {
      en: 'A sheet holds {limit, number} rows. Choose fewer by the filters, or CSV.',
      de: 'Ein Tabellenblatt fasst {limit, number} Zeilen. Wählen Sie mit den Filtern weniger aus, oder CSV.',
    },
  },
});
