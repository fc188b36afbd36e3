import { Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OwnRoutes } from '../../api/own-routes';
import { assetPaths } from './assets';

/** These answer every visitor, and belong in no search engine. A page that needs a session sends a crawler away, and needs no entry. */
const notToBeFound = ['/api/', '/dev/', '/limba/'];

/** What browsers and search engines ask for by name. */
@ApiExcludeController()
@OwnRoutes('', 'people')
export class WellKnownController {
  @Get('robots.txt')
  robots(@Res() reply: FastifyReply): void {
    const lines = ['User-agent: *', ...notToBeFound.map((path) => `Disallow: ${path}`)];
    void reply.header('content-type', 'text/plain; charset=utf-8').send(`${lines.join('\n')}\n`);
  }

  /** For those that do not read the icon's address in the page. */
  @Get('favicon.ico')
  icon(@Res() reply: FastifyReply): void {
    void reply.redirect(assetPaths().logo, 302);
  }
}
