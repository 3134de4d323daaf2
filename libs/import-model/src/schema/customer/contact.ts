import { field } from '../define-field.js';

export const CONTACT = [
  field('phone', 'phone', ['Phone', 'Telefon'], {
    description: ['Digits, blanks and + ( ) - /', 'Ziffern, Leerzeichen und + ( ) - /'],
    maxLength: 40,
    usableAsKey: true,
    example: '+43 316 8050-0',
    synonyms: ['Telephone', 'Phone number', 'Tel', 'Tel.', 'Telefonnummer', 'Festnetz'],
  }),
  field('mobile', 'phone', ['Mobile', 'Mobiltelefon'], {
    description: ['Digits, blanks and + ( ) - /', 'Ziffern, Leerzeichen und + ( ) - /'],
    maxLength: 40,
    usableAsKey: true,
    example: '+43 664 1234567',
    synonyms: ['Mobile phone', 'Cell', 'Cell phone', 'Handy', 'Mobil', 'Mobilnummer'],
  }),
  field('email', 'email', ['Email', 'E-Mail'], {
    description: ['One e-mail address.', 'Eine E-Mail-Adresse.'],
    maxLength: 254,
    usableAsKey: true,
    example: 'einkauf@example.com',
    synonyms: ['E-mail', 'Email address', 'E-Mail-Adresse', 'Email-Adresse', 'Mail'],
  }),
  field('website', 'link', ['Website', 'Webseite'], {
    description: ['Address of the web site.', 'Adresse der Webseite.'],
    maxLength: 255,
    example: 'www.example.com',
    synonyms: ['Web', 'Homepage', 'URL', 'Internet'],
  }),
];
