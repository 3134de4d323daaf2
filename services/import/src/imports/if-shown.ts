/** For `@ApiHeader`: a command that holds only for what somebody has looked at. */
export const IF_SHOWN = {
  name: 'If-Match',
  required: false,
  description: 'The ETag of the import as it was shown; without it, or with *, the command takes the import as it is.',
};
