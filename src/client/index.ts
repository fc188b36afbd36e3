/*
 * The contract as types, for a client in TypeScript: routes.ts is made of openapi.json by `npm run client`, before every build, and is
 * not in git.
 * Types only: nothing of the service is loaded with them. With openapi-fetch, which the client installs:
 * `createClient<paths>({ baseUrl: 'https://tichet.example' })`.
 */
export type { components, operations, paths } from './routes';
