export { given } from '@muster/platform';
