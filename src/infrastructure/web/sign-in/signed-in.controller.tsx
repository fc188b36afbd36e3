import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { formOf } from '../../api/body/form';
import { dateAndHour } from '../../phrasing/words/dates';
import { ForAnybody, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { mostSignIns, Sessions, type SignedInBrowser } from '../session/sessions';

const path = '/intra/sesiuni';

const SignedInPage = ({ browsers }: { readonly browsers: readonly SignedInBrowser[] }): VNode => {
  const { locale } = usePage();
  const words = useWords().signIn.sessions;
  return (
    <HeadedPage title={words.title} done={words.done} lead={words.lead({ most: mostSignIns })}>
      <ul class="people">
        {browsers.map(({ id, activeAt, isThis }) => (
          <li>
            <span>
              {isThis ? words.here : words.elsewhere} <small>{words.last({ when: dateAndHour(activeAt, locale) })}</small>
            </span>
            {isThis ? null : (
              <form method="post" action={path}>
                <input type="hidden" name="sesiune" value={id} />
                <button>
                  {words.end}
                  <span class="unseen">: {words.last({ when: dateAndHour(activeAt, locale) })}</span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </HeadedPage>
  );
};

/** Where an official is signed in, and how each of it is ended. */
@Pages('intra/sesiuni')
export class SignedInController {
  constructor(private readonly sessions: Sessions) {}

  @Get()
  @ForAnybody()
  async list(@Req() request: FastifyRequest): Promise<Answer> {
    return (await this.#elsewhere(request)) ?? view(<SignedInPage browsers={await this.sessions.signedIn(request)} />);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async end(@Req() request: FastifyRequest): Promise<Answer> {
    const elsewhere = await this.#elsewhere(request);
    if (elsewhere !== undefined) return elsewhere;
    await this.sessions.endOther(request, formOf(request).text('sesiune'));
    return seeOther(`${path}?facut=incheiata`);
  }

  /** Each official who is signed in sees their own, in any role; any other visitor is asked to sign in. */
  async #elsewhere(request: FastifyRequest): Promise<Answer | undefined> {
    if ((await this.sessions.of(request)).official !== undefined) return undefined;
    const silent = await this.sessions.silenceFor(request);
    if (silent !== undefined) throw silent;
    return seeOther(`/intra?spre=${encodeURIComponent(path)}`, { unfinished: true });
  }
}
