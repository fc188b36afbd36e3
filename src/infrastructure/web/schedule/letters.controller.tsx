import { Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ChooseLetters, GetLetters, type LettersView } from '../../../application/staff/choose-letters';
import { isRefusal } from '../../../domain/kernel/refusal';
import { letterChoice } from '../../../domain/staff/facts';
import { letterLanguage } from '../../../domain/ticket/facts';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { LettersBody } from '../../api/dto/staff';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { ForOfficials, Pages } from '../access/page-access';
import { FormFields, type FormPart, readForm } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';

const lettersFields = (words: Sentences['office']['letters'], chosen?: LettersView): readonly FormPart[] => [
  {
    kind: 'radios',
    name: 'choice',
    label: words.choice,
    value: chosen?.choice,
    missing: words.choiceMissing,
    options: letterChoice.words.map((value) => ({ value, ...words.choices[value] })),
  },
  {
    kind: 'select',
    name: 'locale',
    label: words.locale,
    value: chosen?.locale,
    options: letterLanguage.words.map((value) => ({ value, label: words.locales[value] })),
  },
  { kind: 'note', note: <p class="notice">{words.heads}</p> },
];

const LettersPage = ({ letters }: { readonly letters: LettersView }): VNode => {
  const words = useWords().office.letters;
  const path = `/program/${letters.staffId}`;
  return (
    <HeadedPage
      title={words.title}
      summary={words.faulty}
      done={words.done}
      back={{ href: path, text: words.back }}
      lead={words.lead}
      labels={{ choice: words.choice, locale: words.locale }}
    >
      {letters.chosen ? null : <p class="notice">{words.usual}</p>}
      <TypedForm action={`${path}/scrisori`}>
        <FormFields parts={lettersFields(words, letters)} />
        <button>{words.save}</button>
      </TypedForm>
    </HeadedPage>
  );
};

/** How a civil servant is told by e-mail of their own meetings and duties. */
@Pages('program/:id/scrisori')
export class LettersPages {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
  ) {}

  @Get()
  @ForOfficials('staff.letters', 'staff')
  async letters(@Param('id') staffId: string): Promise<Answer> {
    return this.#show(staffId);
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('staff.letters', 'staff')
  async choose(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const locale = localeOfPage(request);
    const { value, faults } = readForm(LettersBody, lettersFields(sentences[locale].office.letters), formOf(request), locale);
    if (faults.length > 0) return this.#show(staffId, faults);
    const chosen = { choice: value.choice, locale: value.locale, staffId };
    const outcome = await this.commands.carryOut(request, { useCase: ChooseLetters, command: () => chosen });
    if (isRefusal(outcome)) return this.#show(staffId, faultsOf(outcome, locale, 'choice'));
    return seeOther(`/program/${staffId}/scrisori?facut=scrisori`);
  }

  async #show(staffId: string, faults?: readonly Fault[]): Promise<Answer> {
    const letters = await this.reads.ask(GetLetters, { staffId });
    return formView(<LettersPage letters={letters} />, faults);
  }
}
