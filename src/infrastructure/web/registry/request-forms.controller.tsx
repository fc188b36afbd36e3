import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RegisterRequest, type RegisterRequestInput } from '../../../application/requests/register-request';
import { erasedMark } from '../../../application/kernel/ports/personal-data';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal, refuse } from '../../../domain/kernel/refusal';
import { statusesOf, parseRegistrationNumber } from '../../../domain/request/registering';
import type { RegisteredRequest } from '../../../domain/request/request';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf, type Form } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-shown';
import { type Typed, checkedForm } from '../forms/checked';
import { knownRequest } from './known-request';
import { RequestFormPage } from './request-form-page';
import { requestPath } from './request-path';
import { staffChoices } from './staff-choice';
import { type Answer, seeOther, view } from '../page/answer';
import { KeepsTyped } from '../forms/kept-form';
import type { Locale } from '../../../domain/ticket/facts';
import { RequestLine } from '../../outside/document-system/import/kinds';

const fields = ['number', 'filedOn', 'applicantName', 'subject', 'handlerStaffId', 'departmentCode', 'department', 'status'] as const;

/** What was typed; a number in its long form brings the filing date along. */
const requestTyped = (form: Form): Typed => {
  const typed = Object.fromEntries(fields.map((field) => [field, form.optional(field)]));
  return { ...typed, filedOn: typed['filedOn'] ?? parseRegistrationNumber(typed['number'] ?? '')?.filedOn };
};

/** A29: the number in its one form. */
const requestOf = (typed: Typed, locale: Locale): { readonly value: RegisterRequestInput } | { readonly faults: readonly Fault[] } => {
  const checked = checkedForm(RequestLine, typed, locale);
  if ('faults' in checked) return checked;
  const { number, filedOn, applicantName, subject, handlerStaffId, departmentCode, department, status } = checked.value;
  const parsed = parseRegistrationNumber(number);
  if (parsed === undefined) {
    return { faults: faultsOf(refuse('invalid', { field: 'number', reason: 'not-a-registration-number' }), locale, 'number') };
  }
  return {
    value: {
      number: parsed.number,
      filedOn,
      applicantName,
      handlerStaffId,
      status,
      ...defined({ subject, departmentCode, department }),
    },
  };
};

/** A request registered by hand. */
@Pages('registratura')
export class RequestFormsController {
  constructor(
    private readonly pages: PageDesk,
    private readonly desk: FormDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('cerere')
  @ForOfficials('request.register')
  async newForm(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#show(request, { status: 'in-operation' }, []);
  }

  @Post('cerere')
  @KeepsTyped()
  @ForOfficials('request.register')
  async register(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#take(request, requestTyped(formOf(request)));
  }

  @Get('cereri/:number/:filedOn/modificare')
  @ForOfficials('request.register')
  async changeForm(@Req() request: FastifyRequest, @Param('number') number: string, @Param('filedOn') filedOn: string): Promise<Answer> {
    const known = await knownRequest(this.ports, { number, filedOn });
    return this.#show(request, await this.#typedOf(known), [], known);
  }

  @Post('cereri/:number/:filedOn/modificare')
  @KeepsTyped()
  @ForOfficials('request.register')
  async change(@Req() request: FastifyRequest, @Param('number') number: string, @Param('filedOn') filedOn: string): Promise<Answer> {
    const known = await knownRequest(this.ports, { number, filedOn });
    const identity = { number: known.number, filedOn: known.filedOn };
    // an erased name is not asked for, and the domain writes none
    const name = known.erased ? { applicantName: erasedMark, subject: undefined } : {};
    return this.#take(request, { ...requestTyped(formOf(request)), ...identity, ...name }, known);
  }

  async #take(request: FastifyRequest, typed: Typed, known?: RegisteredRequest): Promise<Answer> {
    const { locale } = await this.pages.contextOf(request);
    const checked = requestOf(typed, locale);
    if ('faults' in checked) {
      return this.#show(request, typed, checked.faults, known);
    }
    const command = (): RegisterRequestInput => checked.value;
    const outcome = await this.desk.carryOut(request, { useCase: RegisterRequest, command });
    if (isRefusal(outcome)) return this.#show(request, typed, faultsOf(outcome, locale, 'number'), known);
    else return seeOther(`${requestPath(outcome.value)}?facut=inregistrata`);
  }

  async #typedOf({ applicantName, subject, handlerStaffId, departmentCode, department, status }: RegisteredRequest): Promise<Typed> {
    const { personalData } = this.ports;
    return {
      applicantName: await personalData.open(applicantName),
      subject: subject && (await personalData.open(subject)),
      handlerStaffId,
      departmentCode,
      department,
      status,
    };
  }

  async #show(request: FastifyRequest, typed: Typed, faults: readonly Fault[], known?: RegisteredRequest): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const shown = {
      typed,
      faults,
      choices: await staffChoices(this.ports),
      statuses: statusesOf(known ?? { status: 'unknown' }),
      ...defined({ known }),
    };
    return view(<RequestFormPage context={context} shown={shown} />, faults.length === 0 ? 200 : 422);
  }
}
