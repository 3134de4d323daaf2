import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/** Whether a text has the characters of a phone number, a digit among them. */
export function isPhoneText(text: string): boolean {
  return /^[\d ()+/-]*$/.test(text) && /\d/.test(text);
}

/**
 * A phone number in E.164 (`+436641234567`).
 * @param country ISO 3166-1 alpha-2: whose numbers those without a country code are
 * @returns null when it is none that can be called
 */
export function e164Of(text: string, country: string): string | null {
  const number = parsePhoneNumberFromString(text, isSupportedCountry(country) ? country : undefined);
  return number?.isValid() ? number.number : null;
}
