import { Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { HttpProblem } from '../../api/problem/problem';
import { type Answer, seeOther } from '../page/answer';
import { languageCookie } from '../page/locale-of-page';
import { languages } from '../../phrasing/sentences';
import { pathHere } from '../page/path-here';
import { cookieAttributes } from '../session/cookie';

export const languageKeptDays = 365;
const aYear = languageKeptDays * 24 * 3600;

/** The choice of a language, kept in the browser. */
@Pages('limba')
export class LanguageController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Get(':locale')
  @ForAnybody()
  choose(@Res({ passthrough: true }) reply: FastifyReply, @Param('locale') locale: string, @Query('spre') to: unknown): Answer {
    if (!languages.some((known) => known === locale)) throw new HttpProblem({ code: 'not-found' });
    reply.setCookie(languageCookie, locale, { ...cookieAttributes(this.ports), maxAge: aYear });
    return seeOther(pathHere(to));
  }
}
