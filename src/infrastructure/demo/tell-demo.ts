import { recordAbsence } from '../../application/commands/record-absence';
import { registerRequest } from '../../application/commands/register-request';
import { registerStaff } from '../../application/commands/register-staff';
import type { Actor } from '../../domain/kernel/fact';
import type { Instant } from '../../domain/kernel/instant';
import type { RequestIdentity } from '../../domain/request/facts';
import { addDays, atLocal, civilDateOf } from '../../domain/time/civil-time';
import type { OpenedPorts } from '../nest/open-ports';
import { demoRequestsToTry, demoStaff, demoTickets } from './cast';
import { movingClock } from './moving-clock';
import { createStage, type Stage } from './stage';
import { ticketStory, type Scene } from './ticket-story';
import { workingDayAround } from './working-days-around';

const registry: Actor = { kind: 'system', id: 'demo' };
const firstNumber = 154_900;
/** Long before the first booking; within the 30 days of the answers. */
const opensDaysBefore = 3;

export type ToldDemo = {
  readonly tickets: readonly { readonly ticketId: string; readonly outcome: string }[];
  /** requests to try booking with */
  readonly toTry: readonly (RequestIdentity & { readonly name: string })[];
};

const departmentOf = (staffId: string): { readonly department?: string; readonly departmentCode?: string } => {
  const person = demoStaff.find((one) => one.staffId === staffId);
  return person === undefined ? {} : { department: person.department, departmentCode: person.departmentCode };
};

const registerEverybody = async (stage: Stage, filedOn: string): Promise<void> => {
  const { ports, act, clock } = stage;
  for (const person of demoStaff) await act(registry, (context) => registerStaff(ports)(context, person));
  const answeredOn = addDays(civilDateOf(clock.now()), -1);
  const people = [...demoTickets, ...demoRequestsToTry.map((person) => ({ ...person, clarification: false }))];
  for (const [index, { name, subject, staffId, clarification }] of people.entries()) {
    await act(registry, (context) =>
      registerRequest(ports)(context, {
        number: String(firstNumber + index),
        filedOn,
        applicantName: name,
        subject,
        ...departmentOf(staffId),
        handlerStaffId: staffId,
        status: clarification ? 'answered' : 'in-operation',
        ...(clarification
          ? { answer: { documentNumber: String(200_000 + index), communicatedOn: answeredOn, channel: 'email', answeredBy: staffId } }
          : {}),
      }),
    );
  }
};

/**
 * Fills empty stores with a week behind and a week ahead of `now`: every fact is made by its use case, at its own moment, by a
 * clock that is moved from the first scene up to `now`.
 */
export const tellDemo = async (
  opened: OpenedPorts,
  now: Instant,
  onScene: (done: number, total: number) => void = () => undefined,
): Promise<ToldDemo> => {
  const today = civilDateOf(now);
  const opening = addDays(workingDayAround(today, -11), -opensDaysBefore);
  const filedOn = addDays(opening, -9);
  const clock = movingClock(atLocal(opening, '08:00'));
  const stage = createStage(opened, clock);
  await registerEverybody(stage, filedOn);

  const tickets = demoTickets.map((ticket, place) => ({ ticket, place, ticketId: opened.ports.identifiers.next() }));
  const absenceDay = workingDayAround(today, 5);
  const scenes: readonly Scene[] = [
    ...tickets.flatMap(({ ticket, place, ticketId }) =>
      ticketStory(ticket, { number: String(firstNumber + place), filedOn }, today, place, ticketId),
    ),
    {
      at: atLocal(workingDayAround(today, -2), '08:05'),
      play: ({ act, ports }: Stage) =>
        act({ kind: 'staff', id: 'd03' }, (context) =>
          recordAbsence(ports)(context, {
            staffId: 'd03',
            from: atLocal(absenceDay, '08:00'),
            to: atLocal(absenceDay, '18:00'),
            reason: 'concediu',
          }),
        ),
    },
  ]
    .filter(({ at }) => at < now)
    .sort((a, b) => (a.at < b.at ? -1 : 1));

  for (const [index, scene] of scenes.entries()) {
    await stage.passTo(scene.at);
    await scene.play(stage);
    // letters and filing follow at once, as they do in a running service
    await stage.passTo(scene.at);
    onScene(index + 1, scenes.length);
  }
  await stage.passTo(now);
  return {
    tickets: tickets.map(({ ticket, ticketId }) => ({ ticketId, outcome: ticket.outcome })),
    toTry: demoRequestsToTry.map(({ name }, index) => ({ number: String(firstNumber + demoTickets.length + index), filedOn, name })),
  };
};
