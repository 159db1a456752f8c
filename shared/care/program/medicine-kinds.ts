export const medicineKinds = [
  "buprenorphine",
  "methadone",
  "naltrexone",
  "lithium",
  "antipsychotic",
  "other",
] as const;
/** A medicine that somebody prescribes and whose supply is followed. */
export type MedicineKind = (typeof medicineKinds)[number];

type MedicineRecord = {
  /** As staff read it. */
  readonly label: string;
  /** A gap in medicine for opioid use is danger: out of treatment more people die (Sordo et al., BMJ 2017). */
  readonly isForOpioidUse: boolean;
  /** Stopped or run out, somebody speaks with the person the same day. */
  readonly isKey: boolean;
};

/** Every kind of medicine: one that is missing here does not compile. Names and doses stay in the medical record. */
export const medicineRecords: Readonly<Record<MedicineKind, MedicineRecord>> = {
  buprenorphine: { label: "Buprenorphine", isForOpioidUse: true, isKey: true },
  methadone: { label: "Methadone", isForOpioidUse: true, isKey: true },
  naltrexone: { label: "Naltrexone", isForOpioidUse: true, isKey: true },
  lithium: { label: "Lithium", isForOpioidUse: false, isKey: true },
  antipsychotic: { label: "Antipsychotic", isForOpioidUse: false, isKey: true },
  other: { label: "Other medicine", isForOpioidUse: false, isKey: false },
};
