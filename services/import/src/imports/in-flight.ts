/** Orders of one import that the owner may have at a time, in all and of one rep. */
export const IN_FLIGHT = { import: 8, rep: 2 };
/** After which an order without an answer is sent again. */
export const RESEND_SECONDS = 60;
