export { examine } from './doctor/doctor.js';
export { exportLedger } from './export-ledger.js';
export { importLedger } from './import-ledger.js';
export { verify } from './verify.js';
export { verifyOffline } from './verify-offline.js';
