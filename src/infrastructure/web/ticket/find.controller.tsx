import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { parseReference } from '../../../domain/ticket/ticket';
import { formOf } from '../../api/body/form';
import { sentences } from '../../phrasing/sentences';
import { ForAnybody, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import { TextField } from '../parts/fields';

/** Where somebody comes who has a ticket's number. */
const FindPage = ({ typed }: { readonly typed?: string }): VNode => {
  const words = useWords().ticket.open;
  return (
    <HeadedPage title={words.findTitle} side="public" summary={words.summary} lead={words.findLead}>
      <form method="post" action="/tichet" novalidate>
        <TextField
          name="reference"
          label={words.reference}
          hint={words.referenceHint}
          value={typed}
          width="middle"
          autocomplete="off"
          spellcheck={false}
        />
        <p class="actions">
          <button>{words.find}</button>
        </p>
      </form>
      <h2>{words.noReference}</h2>
      <p>{words.noReferenceAdvice}</p>
    </HeadedPage>
  );
};

/** The number of a ticket leads to its page; whether there is one, and who may see it, is decided there. */
@Pages('tichet')
export class FindController {
  @Get()
  @ForAnybody()
  form(): Answer {
    return view(<FindPage />);
  }

  @Post()
  @KeepsNothing('asked-anew')
  @ForAnybody()
  find(@Req() request: FastifyRequest): Answer {
    const typed = formOf(request).text('reference');
    const reference = parseReference(typed);
    if (reference !== undefined) return seeOther(`/tichet/${reference}`);
    const message = sentences[localeOfPage(request)].ticket.open.notAReference;
    return formView(<FindPage typed={typed} />, [{ field: 'reference', message }]);
  }
}
