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
      en: 'Another account already has this {field}.',
      de: 'Ein anderes Konto hat diesen Wert bereits: {field}.',
    },
  },
  licence_exceeded: {
    status: 409,
    title: { en: 'No licence left', de: 'Keine Lizenz frei' },
    detail: {
      en: 'All {licences} licences of the company are in use.',
      de: 'Alle {licences} Lizenzen der Firma sind in Verwendung.',
    },
  },
  api_key_not_found: {
    status: 404,
    title: { en: 'API key not found', de: 'API-Schlüssel nicht gefunden' },
    detail: { en: 'There is no API key with this id.', de: 'Es gibt keinen API-Schlüssel mit dieser ID.' },
  },
});
