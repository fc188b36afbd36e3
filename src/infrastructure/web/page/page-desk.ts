import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { currentStaff } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '../../../domain/kernel/defined';
import type { Locale } from '../../../domain/ticket/facts';
import { localeOf } from '../../api/problem/language';
import type { OpenedPorts } from '../../nest/open-ports';
import { openedToken, portsToken } from '../../nest/tokens';
import { compressed, encodingFor } from './compressed';
import type { SignedIn } from '../session/session';
import { Sessions } from '../session/sessions';
import type { OfficialShown, PageContext } from './page-context';
import { addressToRepeat } from './path-here';
import { withoutTurningMarks } from './turning-marks';

export const languageCookie = 'limba';

const contentSecurity =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The language that was chosen, else the one that the browser likes better. */
export const localeOfPage = (request: FastifyRequest): Locale => {
  const chosen = request.cookies[languageCookie];
  return chosen === 'ro' || chosen === 'en' ? chosen : localeOf(request.headers['accept-language']);
};

/** Where pages leave: it knows who looks, in which language, and that nobody keeps a copy. */
@Injectable()
export class PageDesk {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    private readonly sessions: Sessions,
  ) {}

  async contextOf(request: FastifyRequest): Promise<PageContext> {
    const { official } = await this.sessions.of(request);
    return {
      locale: localeOfPage(request),
      url: addressToRepeat(request.url),
      at: this.ports.clock.now(),
      development: this.opened.development !== undefined && this.opened.identity === undefined,
      ...(official === undefined ? {} : { official: await this.#shown(official) }),
    };
  }

  /**
   * @param page a whole `Document`
   * @param frames whether the page shows another page of ours in a frame
   */
  async show(reply: FastifyReply, page: VNode, status = 200, { frames = false } = {}): Promise<void> {
    const html = `<!doctype html>${withoutTurningMarks(renderToString(page))}`;
    const encoding = encodingFor(reply.request);
    const body = encoding === undefined ? html : await compressed(encoding, html);
    await reply
      .code(status)
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': frames ? `${contentSecurity}; frame-src 'self'` : contentSecurity,
        // with no-referrer, browsers would not say either where a form comes from
        'referrer-policy': 'same-origin',
        'cache-control': 'no-store',
        // an address that cannot be read is answered before the server's own headers are set
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        vary: 'Accept-Language, Accept-Encoding, Cookie',
        ...defined({ 'content-encoding': encoding }),
      })
      .send(body);
  }

  async #shown({ role, staffId }: SignedIn): Promise<OfficialShown> {
    if (staffId === undefined) return { role };
    const staff = await currentStaff(this.ports, staffId);
    if (staff.status === 'unknown') return { role, staffId };
    const name = await this.ports.personalData.open(staff.name);
    return { role, staffId, department: staff.department, ...defined({ name }) };
  }
}
