import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { roles } from '../../../application/access';
import type { OpenedPorts } from '../../nest/open-ports';
import { openedToken } from '../../nest/options';
import { navigationOf } from '../page/navigation';
import { assetPaths } from './assets';

/** Tickets, the way to one, and everything of the office: nothing that belongs in a search engine. */
const notToBeFound = [
  ...new Set([
    '/api/',
    '/intra',
    '/limba/',
    '/programare/',
    '/tichet/',
    ...roles.flatMap((role) => navigationOf(role)).map(({ href }) => href),
  ]),
];

/** What browsers and search engines ask for by name. */
@ApiExcludeController()
@Controller()
export class WellKnownController {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  /** An installation where people try it out stays out of search engines altogether. */
  @Get('robots.txt')
  robots(@Res() reply: FastifyReply): void {
    const paths = this.opened.development === undefined ? notToBeFound : ['/'];
    const lines = ['User-agent: *', ...paths.map((path) => `Disallow: ${path}`)];
    void reply.header('content-type', 'text/plain; charset=utf-8').send(`${lines.join('\n')}\n`);
  }

  /** For those that do not read the icon's address in the page. */
  @Get('favicon.ico')
  icon(@Res() reply: FastifyReply): void {
    void reply.redirect(assetPaths.logo, 302);
  }
}
