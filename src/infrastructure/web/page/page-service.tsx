import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { renderToString } from 'preact-render-to-string';
import { officialBy } from '../../../application/kernel/access';
import { currentStaff } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { FormKeeping, type Handler } from '../forms/form-keeping';
import { Forms } from '../forms/forms-view';
import { FaultsInContext } from '../parts/fields';
import type { SignedIn } from '../session/session.codec';
import { Sessions } from '../session/sessions';
import type { Answer } from './answer';
import { type OfficialView, type PageContext, PageInContext } from './page-context';
import { addressToRepeat } from './path-here';
import { localeOfPage } from './locale-of-page';

/** Embeddings, overrides and isolates: each turns all text after it, our own words too, until another mark ends it. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * A page without these marks. Text from right to left needs none: browsers recognise it by its letters. A mark that was typed to make a
 * name, a file or an hour read as another has no effect here. Letters drop these marks too.
 */
const withoutTurningMarks = (html: string): string => html.replace(turning, '');

const encoders = {
  // 6 is where a page is nearly as small as at 11, in a fraction of the time
  br: (text: Buffer) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (text: Buffer) => promisify(gzip)(text),
} as const;

/** The best encoding that this browser takes. */
export const encodingFor = (request: FastifyRequest): keyof typeof encoders | undefined => {
  const taken = (request.headers['accept-encoding'] ?? '').split(',').map((one) => one.trim().split(';')[0]);
  return taken.includes('br') ? 'br' : taken.includes('gzip') ? 'gzip' : undefined;
};

const contentSecurity =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Sends pages: it knows the viewer and the language, and forbids caches to keep a copy. */
@Injectable()
export class PageService {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    private readonly sessions: Sessions,
    private readonly forms: FormKeeping,
  ) {}

  async contextOf(request: FastifyRequest): Promise<PageContext> {
    const { official } = await this.sessions.of(request);
    return {
      locale: localeOfPage(request),
      url: addressToRepeat(request.url),
      at: this.ports.clock.now(),
      policies: this.ports.policies,
      ...defined({ informationCentre: this.ports.cityHall.informationCentre, recordingNotice: this.ports.cityHall.recordingNotice }),
      development: this.opened.development !== undefined && this.opened.identity === undefined,
      ...(official === undefined ? {} : { official: await this.#shown(official) }),
    };
  }

  /** Sets status and headers of this answer. @returns its body, as it is to be sent */
  async prepare(
    reply: FastifyReply,
    answer: Answer,
    { handler, context }: { readonly handler?: Handler; readonly context?: PageContext } = {},
  ): Promise<string | Buffer | Readable | undefined> {
    switch (answer.kind) {
      case 'nothing':
        void reply.code(204);
        return undefined;
      case 'see-other':
        void reply.code(303).header('location', answer.to);
        return undefined;
      case 'download':
        void reply.code(200).headers({ 'cache-control': 'no-store', ...answer.headers });
        return answer.body;
      case 'page': {
        const page = context ?? (await this.contextOf(reply.request));
        const rendered = await this.forms.rendered(reply.request, handler, (forms) =>
          renderToString(
            <PageInContext.Provider value={page}>
              <FaultsInContext.Provider value={answer.faults}>
                <Forms.Provider value={forms}>{answer.view}</Forms.Provider>
              </FaultsInContext.Provider>
            </PageInContext.Provider>,
          ),
        );
        const html = `<!doctype html>${withoutTurningMarks(rendered)}`;
        const encoding = encodingFor(reply.request);
        void reply.code(answer.status).headers({
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': answer.frames ? `${contentSecurity}; frame-src 'self'` : contentSecurity,
          // with no-referrer, browsers would not say either where a form comes from
          'referrer-policy': 'same-origin',
          'cache-control': 'no-store',
          // an address that cannot be read is answered before the server's own headers are set
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          vary: 'Accept-Language, Accept-Encoding, Cookie',
          ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
          ...answer.headers,
        });
        return encoding === undefined ? html : encoders[encoding](Buffer.from(html));
      }
    }
  }

  async #shown({ role, person }: SignedIn): Promise<OfficialView> {
    const staffId = officialBy(role, person)?.staffId;
    if (staffId === undefined) return { role };
    const staff = await currentStaff(this.ports, staffId);
    if (staff.status === 'unknown') return { role, staffId };
    const name = await this.ports.personalData.open(staff.name);
    return { role, staffId, department: staff.department, ...defined({ name }) };
  }
}
