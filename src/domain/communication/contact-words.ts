import type { ContactResultWord } from './contact-test.ts';

export const contactWords: Readonly<Record<ContactResultWord, string>> = {
  reached: 'reached',
  'not-reached': 'not reached',
  'message-left': 'message left',
};
