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
  unsupported_grant_type: {
    status: 400,
    title: { en: 'Unsupported grant type', de: 'Grant-Typ nicht unterstützt' },
    detail: {
      en: 'Use password, refresh_token or client_credentials.',
      de: 'Verwenden Sie password, refresh_token oder client_credentials.',
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
