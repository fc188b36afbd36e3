import { Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Ports } from '../../application/kernel/ports/ports';
import type { Instant } from '../../domain/kernel/fact';
import { plusHours } from '../../domain/time/civil-time';
import { OwnRoutes } from '../api/own-routes';
import { HttpProblem } from '../api/problem/problem';
import { portsToken } from '../nest/tokens';

/** Counted from the start: whoever never starts a service anew, with what was mended since, is not to be believed for longer. RFC 9116: less than a year. */
const goodForDays = 300;

/** RFC 9116: to whom a weakness is reported. Of the service by itself; a host tells it for its whole application. */
@ApiExcludeController()
@OwnRoutes('.well-known')
export class SecurityTxtController {
  readonly #expires: Instant;

  constructor(@Inject(portsToken) private readonly ports: Ports) {
    this.#expires = plusHours(ports.clock.now(), 24 * goodForDays);
  }

  @Get('security.txt')
  readSecurityTxt(@Res() reply: FastifyReply): void {
    const { security, publicUrl } = this.ports.cityHall;
    if (security === undefined) throw new HttpProblem({ code: 'not-found' });
    const lines = [
      `Contact: ${security.contact}`,
      `Expires: ${this.#expires}`,
      'Preferred-Languages: ro, en',
      ...(publicUrl.startsWith('https:') ? [`Canonical: ${publicUrl}/.well-known/security.txt`] : []),
      ...(security.policy === undefined ? [] : [`Policy: ${security.policy}`]),
    ];
    void reply.header('Content-Type', 'text/plain; charset=utf-8').send(`${lines.join('\n')}\n`);
  }
}
