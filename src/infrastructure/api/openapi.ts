import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The contract as a document, made of the routes themselves. */
export const createDocument = (app: NestFastifyApplication): OpenAPIObject =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle('Tichet albastru')
      .setDescription(
        'Programări pentru „Tichet albastru”, Primăria municipiului Cluj-Napoca. / Appointments for the blue ticket of Cluj-Napoca City Hall.',
      )
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer' })
      .build(),
  );

/** Swagger UI at `/api/docs`, the document at `/api/openapi.json`. */
export const mountDocument = (app: NestFastifyApplication): void => {
  SwaggerModule.setup('api/docs', app, () => createDocument(app), { jsonDocumentUrl: 'api/openapi.json' });
};
