/** One figure beside a name: `Mean 12 ms`. */
export interface LegendValue {
  title: string;
  text: string;
  /** To sort by. */
  numeric: number;
}

export interface LegendItem {
  name: string;
  color: string;
  values: LegendValue[];
  /** Its axis is on the right. */
  isRight?: boolean;
}
