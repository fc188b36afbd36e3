import type { CopyProgress } from '../../copy/copy-log';
import { moveHouse, type HouseMoved, type MoveOutcome } from '../../copy/move-house';
import { errorCode } from '../../../runtime/error-code';
import { numberOf } from '../../../log/event-store/append-rules';
import { databaseFault } from '../../../database/postgres/database-fault';
import { alarmWords } from '../../../proof/alarm/alarm-words';
import type { SealProved } from '../../copy/prove-seal';
import { KeyUnusable } from '../../../log/keys/key-store';
import { addCommand, type CommandOfTichet, type Desk, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';
import { progressOn } from '../progress';
import type { Words } from '../terminal';

type CopyOptions = JsonOption & { readonly from: string; readonly to: string };

const steps: Readonly<Record<Parameters<CopyProgress>[0], Words>> = {
  compare: { ro: 'Compar ce este deja copiat.', en: 'Comparing what is there already.' },
  copy: { ro: 'Copiez.', en: 'Copying.' },
  prove: { ro: 'Recitesc ambele jurnale, eveniment cu eveniment.', en: 'Reading both logs again, event for event.' },
};

/** A bar for each step; events are not counted beforehand, the positions of the source say how far it is. */
const progressOf = (desk: Desk): { readonly tell: CopyProgress; readonly stop: () => void } => {
  let current: string | undefined;
  let bar = progressOn(desk.terminal);
  return {
    tell: (step, done, until) => {
      if (step !== current) {
        bar.stop();
        desk.tell(steps[step]);
        bar = progressOn(desk.terminal);
        current = step;
      }
      bar.at(numberOf(done), numberOf(until));
    },
    stop: () => {
      bar.stop();
    },
  };
};

const place = (event: { readonly stream: string; readonly revision: number } | undefined): string =>
  event === undefined ? '—' : `${event.stream}@${event.revision}`;

/** What an outcome that is no success means to the administrator. */
const ends = (outcome: Exclude<MoveOutcome, HouseMoved>): CommandEnds => {
  switch (outcome.kind) {
    case 'not-a-store':
      return new CommandEnds(exitCodes.wrongUse, outcome);
    case 'nothing-there':
      return new CommandEnds(exitCodes.notFound, {
        ro: `În dosarul ${outcome.folder} nu sunt date de copiat.`,
        en: `There are no data to copy in the folder ${outcome.folder}.`,
      });
    case 'differs': {
      const at = `${outcome.number}: ${place(outcome.from)} ≠ ${place(outcome.to)}`;
      return outcome.copied === 0
        ? new CommandEnds(exitCodes.invalidInput, {
            ro: `Destinația conține altceva decât sursa, la evenimentul ${at}. Nu am scris nimic; alegeți o destinație goală.`,
            en: `The target holds something else than the source, at event ${at}. Nothing was written; choose an empty target.`,
          })
        : new CommandEnds(exitCodes.failed, {
            ro: `Altcineva a scris în destinație în timpul copierii, la evenimentul ${at}. Goliți destinația și reluați.`,
            en: `Somebody else wrote to the target during the copy, at event ${at}. Empty the target and begin again.`,
          });
    }
    case 'damaged':
      return new CommandEnds(exitCodes.findings, {
        ro: `Evenimentul ${place(outcome.event)} al sursei nu este ce s-a scris; am copiat doar ce stă înaintea lui. Rulați tichet doctor.`,
        en: `Event ${place(outcome.event)} of the source is not what was written; only what stands before it was copied. Run tichet doctor.`,
      });
    case 'other-key':
      return new CommandEnds(exitCodes.invalidInput, {
        ro: `Destinația are altă cheie sub numele ${outcome.name}. Nu am scris nimic.`,
        en: `The target has another key under the name ${outcome.name}. Nothing was written.`,
      });
    case 'not-as-sealed': {
      const { ro, en } = alarmWords(outcome.fault);
      return new CommandEnds(exitCodes.findings, {
        ro: `Jurnalele sunt la fel, dar nu sunt ce a fost sigilat: ${ro}`,
        en: `The logs are the same, but they are not what was sealed: ${en}`,
      });
    }
    case 'stopped':
      return new CommandEnds(exitCodes.failed, {
        ro: `Oprit. Evenimente copiate: ${outcome.copied}; aceeași comandă continuă de acolo.`,
        en: `Stopped after ${outcome.copied} events; the same command goes on from there.`,
      });
  }
};

const tellMoved = (desk: Desk, { log, carried, seal }: HouseMoved): void => {
  desk.print(
    desk.say({
      ro: `Evenimente copiate: ${log.copied}; erau deja acolo: ${log.alreadyThere}.`,
      en: `Events copied: ${log.copied}; already there: ${log.alreadyThere}.`,
    }),
  );
  desk.print(`sha256 ${log.digests.from}  --from`);
  desk.print(`sha256 ${log.digests.to}  --to`);
  if (carried === undefined)
    desk.print(desk.say({ ro: 'Cheile și starea operațională rămân unde sunt.', en: 'Keys and operational state stay where they are.' }));
  else {
    const rows = Object.values(carried.operations).reduce((sum, count) => sum + count, 0);
    desk.print(
      desk.say({
        ro: `Chei: ${carried.keys.names}, din care distruse ${carried.keys.destroyed}. Rânduri de stare operațională: ${rows}.`,
        en: `Keys: ${carried.keys.names}, of which destroyed ${carried.keys.destroyed}. Rows of operational state: ${rows}.`,
      }),
    );
  }
  if (seal !== undefined) tellSeal(desk, seal);
};

const tellSeal = (desk: Desk, { size, verifier }: SealProved): void => {
  desk.print(
    desk.say({
      ro: `Sigiliul este mutat: până la nr. ${size}, evenimentele copiei sunt cele semnate cu aceeași cheie.`,
      en: `The seal is moved: ${size} events of the copy are those that were signed, with the same key.`,
    }),
  );
  desk.print(verifier);
};

/** A database that cannot be opened is told by its code alone: its address holds a password. */
const outage = (error: unknown): unknown => {
  if (error instanceof KeyUnusable)
    return new CommandEnds(exitCodes.invalidInput, {
      ro: 'Cheia principală (TICHET_MASTER_KEY_FILE) nu este cea cu care sunt împachetate cheile. Niciun eveniment nu a fost copiat.',
      en: 'The master key (TICHET_MASTER_KEY_FILE) is not the one that wrapped the keys. No event was copied.',
    });
  const code = errorCode(error) ?? '';
  if (databaseFault(error) === undefined && !/^(28|3D)/.test(code)) return error;
  return new CommandEnds(exitCodes.failed, {
    ro: `Baza de date nu poate fi folosită acum (${code}); verificați adresa din TICHET_POSTGRES_URL. Aceeași comandă continuă de unde a rămas.`,
    en: `The database cannot be used now (${code}); look at the address in TICHET_POSTGRES_URL. The same command goes on from where it stopped.`,
  });
};

export const copyCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'copy',
    words: {
      ro:
        'mută jurnalul, cu cheile, sigiliul și starea operațională, din alt depozit, și dovedește că este același; se poate relua oricând. ' +
        'Nu mută sesiunile din navigatoare (oamenii se autentifică din nou), contoarele de limitare, tabelele (se umplu din jurnal), ' +
        'dosarul outbox, token.key și master.key. Un dosar sqlite trebuie să nu fie folosit; nimeni altcineva nu scrie în destinație',
      en:
        'moves the log, with the keys, the seal and the operational state, from another store, and proves that it is the same; may be run again at any time. ' +
        'Does not move sessions of browsers (people sign in again), throttles, tables (filled from the log), ' +
        'the outbox folder, token.key and master.key. A sqlite folder must not be in use; nobody else may write to the target',
    },
    examples: [
      'TICHET_POSTGRES_URL=postgres://… tichet copy --from sqlite:/var/lib/tichet --to postgres',
      'tichet copy --from postgres --to sqlite:/var/lib/tichet-new',
      'tichet copy --from sqlite --to eventstoredb',
    ],
  })
    .requiredOption(
      '--from <store>',
      desk.say({
        ro: 'sqlite (TICHET_DATA_DIR), sqlite:DOSAR, postgres (TICHET_POSTGRES_URL), postgres://… fără parolă, eventstoredb (TICHET_EVENTSTOREDB_URL)',
        en: 'sqlite (TICHET_DATA_DIR), sqlite:FOLDER, postgres (TICHET_POSTGRES_URL), postgres://… without a password, eventstoredb (TICHET_EVENTSTOREDB_URL)',
      }),
    )
    .requiredOption(
      '--to <store>',
      desk.say({ ro: 'la fel; gol, sau începutul aceluiași jurnal', en: 'the same; empty, or a beginning of the same log' }),
    )
    .action(async ({ from, to, json = false }: CopyOptions) => {
      const { env, signal } = desk.terminal;
      const progress = progressOf(desk);
      let outcome: MoveOutcome;
      try {
        outcome = await moveHouse({ names: { from, to }, environment: env, progress: progress.tell, ...(signal && { signal }) });
      } catch (error) {
        throw outage(error);
      } finally {
        progress.stop();
      }
      if (outcome.kind !== 'moved') throw ends(outcome);
      if (json)
        desk.printJson({ ...outcome.log, kind: undefined, carried: outcome.carried, seal: outcome.seal, sourceGrew: outcome.sourceGrew });
      else tellMoved(desk, outcome);
      if (!outcome.sourceGrew) return;
      desk.complain(
        desk.say({
          ro: 'Sursa a crescut între timp: opriți serviciul și rulați din nou aceeași comandă.',
          en: 'The source has grown meanwhile: stop the service and run the same command again.',
        }),
      );
      desk.end(exitCodes.findings);
    });
};
