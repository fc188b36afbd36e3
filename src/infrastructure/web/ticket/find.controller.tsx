import { useWords } from '../page/page-context';
import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { parseReference } from '../../../domain/ticket/ticket';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../../api/body/form';
import { type Answer, seeOther, view } from '../page/answer';
import { KeepsNothing } from '../forms/stored-form';
import type { VNode } from 'preact';
import { Document } from '../page/document';
import { ErrorSummary, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';

/** Where somebody comes who has a ticket's number. */
const FindPage = ({ typed, faulty }: { readonly typed: string; readonly faulty: boolean }): VNode => {
  const words = useWords().ticket.open;
  return (
    <Document title={words.findTitle} side="public" faulty={faulty}>
      <ErrorSummary title={words.summary} faults={faulty ? [{ field: 'reference', message: words.notAReference }] : []} />
      <Heading lead={words.findLead}>{words.findTitle}</Heading>
      <form method="post" action="/tichet" novalidate>
        <TextField
          name="reference"
          label={words.reference}
          hint={words.referenceHint}
          value={typed}
          width="middle"
          autocomplete="off"
          spellcheck={false}
          fault={faulty ? words.notAReference : undefined}
        />
        <p class="actions">
          <button>{words.find}</button>
        </p>
      </form>
      <h2>{words.noReference}</h2>
      <p>{words.noReferenceAdvice}</p>
    </Document>
  );
};

/** The number of a ticket leads to its page; whether there is one, and who may see it, is decided there. */
@Pages('tichet')
export class FindController {
  @Get()
  @ForAnybody()
  form(): Answer {
    return view(<FindPage typed="" faulty={false} />);
  }

  @Post()
  @KeepsNothing('asked-anew')
  @ForAnybody()
  find(@Req() request: FastifyRequest): Answer {
    const typed = formOf(request).text('reference');
    const reference = parseReference(typed);
    if (reference !== undefined) {
      return seeOther(`/tichet/${reference}`);
    }
    return view(<FindPage typed={typed} faulty />, 422);
  }
}
