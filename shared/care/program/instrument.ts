/** An instrument as data: exact wording, codes and scoring, with its licence status. */
export type Instrument = {
  readonly instrumentId: string;
  readonly title: string;
  readonly licensingStatus:
    | "public-domain"
    | "attribution"
    | "registration"
    | "license-required"
    | "unknown";
  readonly source: string;
  readonly panelLoinc?: string;
  readonly totalLoinc?: string;
  readonly recall: Readonly<Record<string, string>>;
  readonly stem: Readonly<Record<string, string>>;
  readonly options: readonly InstrumentOption[];
  readonly items: readonly InstrumentItem[];
  readonly scoring: {
    readonly method: "sum";
    readonly minimum: number;
    readonly maximum: number;
    readonly positiveAtLeast: number;
    /** Points of change that count as reliable, where published. */
    readonly reliableChange?: number;
    readonly bands: readonly {
      readonly from: number;
      readonly to: number;
      readonly words: string;
    }[];
  };
};

export type InstrumentOption = {
  readonly value: number;
  readonly code: string;
  /** Other answer codes accepted on import for the same value. */
  readonly acceptedCodes?: readonly string[];
  readonly text: Readonly<Record<string, string>>;
};

export type InstrumentItem = {
  readonly itemId: string;
  readonly loinc?: string;
  readonly text: Readonly<Record<string, string>>;
  readonly scored: boolean;
  readonly required: boolean;
  /** True for an item whose answer can raise a safety escalation. */
  readonly safety: boolean;
  /** Own options where they differ from the instrument's. */
  readonly options?: readonly InstrumentOption[];
};
