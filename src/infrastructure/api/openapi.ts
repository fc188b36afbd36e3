import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completed } from './contract-document';

const tags: readonly (readonly [name: string, description: string])[] = [
  ['Citizen', 'What a citizen does: find the request, choose an hour, enter the code, move or cancel. No account is needed.'],
  ['Staff', 'What civil servants and heads of departments do with meetings and with their own time.'],
  ['Registry', 'What the document system tells: requests, answers, civil servants.'],
  ['Administration', 'People, days declared free or working, erasures, rows and targets that wait for a person.'],
  ['Reading', 'The audit trail, the log itself, the 30-day view and figures.'],
  ['Webhooks', 'Where mail providers tell of letters that came back.'],
  ['Integrations', 'What systems outside send by themselves.'],
  ['Operations', 'For whoever runs the service, at the root.'],
];

const description = `Programări pentru „Tichet albastru”, Primăria municipiului Cluj-Napoca. / Appointments for the blue ticket of Cluj-Napoca City Hall.

Errors are RFC 9457 problem details, each with a stable \`code\`. Idempotency, paging, preconditions and versioning: docs/api.md of the package.`;

/** The contract as a document, made of the routes themselves: OpenAPI 3.1. */
export const createDocument = (app: NestFastifyApplication): OpenAPIObject => {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tichet albastru')
    .setDescription(description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The installation that gives this document.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A booking token, a manage token, or the token of an official.' });
  for (const [name, about] of tags) builder.addTag(name, about);
  return completed(SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: (_, method) => method }));
};

/** Swagger UI at `/api/docs`, the document at `/api/openapi.json`. */
export const mountDocument = (app: NestFastifyApplication): void => {
  SwaggerModule.setup('api/docs', app, () => createDocument(app), { jsonDocumentUrl: 'api/openapi.json' });
};
