import { Emulator } from '../../support/eventstoredb/emulator';

// A process of its own, so that the server and the clients do not share a thread.
process.on('disconnect', () => process.exit(0));
void Emulator.start().then(({ url }) => {
  process.send?.({ url });
});
