/**
 * A log that is signed as it grows: a Merkle tree over its entries (RFC 6962) in tiles (C2SP tlog-tiles), checkpoints in signed notes
 * (C2SP tlog-checkpoint, signed-note), witnesses (C2SP tlog-witness, tlog-cosignature) and time stamps (RFC 3161), and what verifies them.
 * It knows no event store and no application: an entry is the SHA-256 of its bytes.
 */
export {
  bytesOfAHash,
  consistencyProof,
  createFrontier,
  emptyRoot,
  type Frontier,
  inclusionProof,
  isConsistent,
  leafHash,
  nodeHash,
  type NodeHash,
  type ReadNode,
  rootFromInclusion,
  rootOf,
  type WholeNode,
  wholeNodesOf,
} from './merkle-tree';
export {
  createTileMemory,
  hashIn,
  hashesOfATile,
  nodesInTiles,
  type TileAt,
  type TileMemory,
  TileMissing,
  tilePath,
  type TileReader,
  widthOf,
} from './tiles';
export { type GrowingTree, openTree } from './growing-tree';
export {
  createNoteSigner,
  isNoteName,
  type NoteAlgorithm,
  type NoteSignature,
  type NoteSigner,
  type NoteVerifier,
  noteVerifierOf,
  signatureLine,
  type SignedNote,
  signedNoteOf,
  signerKeyLine,
  signerOfKeyLine,
  signNote,
  verifiedBy,
  verifiedLine,
  verifierLine,
} from './signed-note';
export {
  type Checkpoint,
  checkpointOf,
  checkpointText,
  type Cosignature,
  cosignaturesIn,
  notesIn,
  signCheckpoint,
  type SignedCheckpoint,
  verifiedCheckpoint,
} from './checkpoint';
export {
  type CheckpointRecord,
  type CheckpointStore,
  createMemoryCheckpointStore,
  newestOutside,
  type PlaceNoted,
  placeNoted,
} from './checkpoint-store';
export { createFolderCheckpointStore } from './folder-store';
export { LogNotAsSigned, type SignedLogFault, signedLogFaultReasons } from './not-as-signed';
export { createSigner, type Grown, type Signer } from './signer';
export { createTreeCheck, type EntriesVerified, type LogEntry, type TreeCheck, verifyEntries } from './verify/tree-check';
export { type ReadFault, storedCheckpoints } from './verify/stored-checkpoints';
export { type Exchange, type ExchangeRequest, fetchExchange, NoAnswer } from './exchange';
export { type KeyValues, type OutsideStatus, outsideStatusOf, readOutsideStatus, statusKey, writeOutsideStatus } from './outside-status';
export {
  type Answer,
  type Clock,
  type Submission,
  submissionOf,
  submissionText,
  type Witness,
  WitnessUnavailable,
} from './witness/witness';
export { type Cosigner, createCosigner, type WitnessMemory } from './witness/cosigner';
export { createFolderMemory, createFolderWitness, folderWitnessName, openWitnessKey } from './witness/folder-witness';
export { createHttpWitness } from './witness/http-witness';
export { createWitnessServer } from './witness/witness-server';
export {
  createKeepCosigned,
  type KeepCosigned,
  type Refusals,
  type Witnessed,
  witnessNewest,
  type WitnessFault,
} from './witness/witness-newest';
export {
  certificatesIn,
  type NotBelieved,
  readTimeStamp,
  storedTimeStamp,
  timeStampName,
  type TimeStampRequest,
  timeStampOf,
  type TimeStampRead,
  timeStampRequest,
} from './time-stamp/time-stamp';
export {
  type Authority,
  AuthorityUnavailable,
  createAuthority,
  stampNewest,
  type Stamping,
  TimeStampNotBelieved,
} from './time-stamp/stamp-newest';
