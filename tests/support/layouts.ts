/** The same made-up prices in every published layout: 10.5, 11.25 and 9.75 on three days, and where a layout can say so, no price on 2 March. */

import type { PriceOptions } from "../../lib/src/data/readers/prices.js";

/** What every layout gives. */
export const PRICES: readonly (readonly [string, number])[] = [
  ["2021-02-26", 10.5],
  ["2021-03-01", 11.25],
  ["2021-03-03", 9.75],
];

export interface Layout {
  /** As `recogniseFormat` calls it. */
  readonly format: string;
  /** What must be said to get the prices: nothing where one column is obvious. */
  readonly options: PriceOptions;
  /** Lines above the rows; the first `fixed` of them are no table. */
  readonly header: number;
  readonly fixed: number;
  readonly text: string;
  /** Columns have a place of their own, since nothing names them. */
  readonly places?: boolean;
}

export const LAYOUTS: Readonly<Record<string, Layout>> = {
  "Yahoo's former website": {
    format: "Yahoo website CSV",
    options: { column: "Close" },
    header: 1,
    fixed: 0,
    text: `Date,Open,High,Low,Close,Adj Close,Volume
2021-02-26,10,11,9.5,10.5,8.4,100
2021-03-01,10.6,11.5,10.25,11.25,9,120
2021-03-02,null,null,null,null,null,null
2021-03-03,11,11.125,9.5,9.75,7.8,90`,
  },
  "yfinance history": {
    format: "yfinance history",
    options: {},
    header: 1,
    fixed: 0,
    text: `Date,Open,High,Low,Close,Volume,Dividends,Stock Splits,Capital Gains
2021-02-26 00:00:00+09:00,10,11,9.5,10.5,100,0.0,0.0,0.0
2021-03-01 00:00:00+09:00,10.6,11.5,10.25,11.25,120,0.0,0.0,0.0
2021-03-03 00:00:00+09:00,11,11.125,9.5,9.75,90,0.25,0.0,0.0`,
  },
  "yfinance download": {
    format: "yfinance download",
    options: { column: "Close" },
    header: 3,
    fixed: 0,
    text: `Price,Adj Close,Close,High,Low,Open,Volume
Ticker,A-B,A-B,A-B,A-B,A-B,A-B
Date,,,,,,
2021-02-26,8.4,10.5,11,9.5,10,100
2021-03-01,9,11.25,11.5,10.25,10.6,120
2021-03-03,7.8,9.75,11.125,9.5,11,90`,
  },
  "yfinance download of several symbols": {
    format: "yfinance download",
    options: { symbol: "A-B" },
    header: 3,
    fixed: 0,
    text: `Price,Close,Close,Volume,Volume
Ticker,^CD,A-B,^CD,A-B
Date,,,,
2021-02-26,300,10.5,1,100
2021-03-01,310,11.25,2,120
2021-03-02,320,,3,
2021-03-03,,9.75,,90`,
  },
  "yfinance download by ticker": {
    format: "yfinance download",
    options: { symbol: "A-B" },
    header: 3,
    fixed: 0,
    text: `Ticker,^CD,^CD,A-B,A-B
Price,Open,Close,Open,Close
Date,,,,
2021-02-26,299,300,10,10.5
2021-03-01,309,310,10.6,11.25
2021-03-03,,,11,9.75`,
  },
  "FRED graph until 2024": {
    format: "FRED graph CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `DATE,XYZ
2021-02-26,10.5
2021-03-01,11.25
2021-03-02,.
2021-03-03,9.75`,
  },
  "FRED graph of today with two series": {
    format: "FRED graph CSV",
    options: { column: "XYZ" },
    header: 1,
    fixed: 0,
    text: `observation_date,XYZ,OTHER
2021-02-26,10.5,3
2021-03-01,11.25,
2021-03-02,,3.5
2021-03-03,9.75,4`,
  },
  "Coin Metrics": {
    format: "Coin Metrics CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `time,AdrActCnt,BlkCnt,PriceBTC,PriceUSD,ROI1yr,ReferenceRateUSD
2021-02-26,308149.0,89.0,0.12038175659840059,10.5,,10.1
2021-03-01,1.0,2.0,0.1,11.25,3,10.5
2021-03-02,1.0,2.0,,,3,11.25
2021-03-03,1.0,2.0,0.1,9.75,,`,
  },
  "Coin Metrics' reference rate": {
    format: "Coin Metrics CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `time,AdrActCnt,ReferenceRateUSD,ReferenceRateEUR
2021-02-27,308149.0,10.5,9
2021-03-02,1.0,11.25,10
2021-03-03,1.0,,
2021-03-04,1.0,9.75,8`,
  },
  Stooq: {
    format: "Stooq CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `Date,Open,High,Low,Close,Volume
2021-02-26,10,11,9.5,10.5,100
2021-03-01,10.6,11.5,10.25,11.25,120
2021-03-03,11,11.125,9.5,9.75,90`,
  },
  "Stooq's bulk text": {
    format: "Stooq bulk text",
    options: { symbol: "AB.US" },
    header: 1,
    fixed: 0,
    text: `<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
AB.US,D,20210226,000000,10,11,9.5,10.5,100,0
AB.US,D,20210301,000000,10.6,11.5,10.25,11.25,120,0
AB.US,D,20210303,000000,11,11.125,9.5,9.75,90,0
CD.US,D,20210226,000000,1,1,1,1,1,0
CD.US,D,20210302,000000,2,2,2,2,2,0`,
  },
  CoinGecko: {
    format: "CoinGecko CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `snapped_at,price,market_cap,total_volume
2021-02-27 00:00:00 UTC,10.5,1500517590,0
2021-03-02 00:00:00 UTC,11.25,1575032004.0,0.0
2021-03-04 00:00:00 UTC,9.75,,0.0`,
  },
  "Binance klines in milliseconds": {
    format: "Binance klines",
    options: {},
    header: 0,
    fixed: 0,
    places: true,
    text: `1614297600000,10,11,9.5,10.5000,100,1614383999999,1,13,1,1,0
1614556800000,10.6,11.5,10.25,11.2500,120,1614643199999,1,13,1,1,0
1614729600000,11,11.125,9.5,9.7500,90,1614815999999,1,13,1,1,0`,
  },
  "Binance klines with names, in microseconds": {
    format: "Binance klines",
    options: {},
    header: 1,
    fixed: 0,
    text: `open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore
1614297600000000,10,11,9.5,10.5,100,1614383999999999,1,13,1,1,0
1614556800000000,10.6,11.5,10.25,11.25,120,1614643199999999,1,13,1,1,0
1614729600000000,11,11.125,9.5,9.75,90,1614815999999999,1,13,1,1,0`,
  },
  "Investing.com": {
    format: "Investing.com CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `"Date","Price","Open","High","Low","Vol.","Change %"
"03/03/2021","9.75","11.00","11.125","9.50","0.09K","-13.33%"
"03/01/2021","11.25","10.60","11.50","10.25","","7.14%"
"02/26/2021","10.50","1,000.00","1,100.95","9.50","1.2M","0.00%"`,
  },
  "Investing.com, day first": {
    format: "Investing.com CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `"Date","Price","Open","High","Low","Vol.","Change %"
"03/03/2021","9.75","11.00","11.125","9.50","0.09K","-13.33%"
"01/03/2021","11.25","10.60","11.50","10.25","","7.14%"
"26/02/2021","10.50","1,000.00","1,100.95","9.50","1.2M","0.00%"`,
  },
  DataHub: {
    format: "DataHub CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `Date,Price
2021-02-26,10.5
2021-03-01,11.25
2021-03-03,9.75`,
  },
  "exchange CSV": {
    format: "exchange CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `date,open,high,low,close,volume
2021-02-26,10,11,9.5,10.5,100
2021-03-01,10.6,11.5,10.25,11.25,120
2021-03-03,11,11.125,9.5,9.75,90`,
  },
  "exchange CSV with Unix times": {
    format: "exchange CSV",
    options: {},
    header: 1,
    fixed: 0,
    text: `timestamp,open,high,low,close,volume
1614297600,10,11,9.5,10.5,100
1614556800,10.6,11.5,10.25,11.25,120
1614729600,11,11.125,9.5,9.75,90`,
  },
  "charting export": {
    format: "charting-platform export",
    options: {},
    header: 2,
    fixed: 1,
    text: `Symbol: ZZZ,,,,,Study: VOL (LikeMain)
Date Time,Open,High,Low,Close,Volume
2021-02-26,10,11,9.5,10.5,100
2021-03-01,10.6,11.5,10.25,11.25,120
2021-03-03,11,11.125,9.5,9.75,90`,
  },
  "charting export with M/D/YY dates": {
    format: "charting-platform export",
    options: {},
    header: 2,
    fixed: 1,
    text: `Symbol: ZZZ,,,,,Study: VOL (LikeMain)
Date Time,Open,High,Low,Close,Volume
2/26/21,10,11,9.5,10.5,100
3/1/21,10.6,11.5,10.25,11.25,120
3/3/21,11,11.125,9.5,9.75,90`,
  },
  "a re-saved sheet": {
    format: "table of dates and series",
    options: {},
    header: 1,
    fixed: 0,
    text: `Date,Close A-B
2/26/2021,10.5
3/1/2021,11.25
3/2/2021,null
3/3/2021,9.75`,
  },
  "a wide panel": {
    format: "table of dates and series",
    options: { column: "A-B" },
    header: 1,
    fixed: 0,
    text: `Day,^CD,A-B,E
2021-02-26,300,10.5,-1
2021-03-01,310,11.25,0
2021-03-02,320,,2e-3
2021-03-03,,9.75,`,
  },
  "a wide panel whose dates have no name": {
    format: "table of dates and series",
    options: { column: "A-B" },
    header: 1,
    fixed: 0,
    text: `,600519,A-B
2021-02-26,300,10.5
2021-03-01,310,11.25
2021-03-03,,9.75`,
  },
  "a wide panel with semicolons and decimal commas": {
    format: "table of dates and series",
    options: { column: "A-B", decimal: "," },
    header: 1,
    fixed: 0,
    text: `Datum;CD;A-B
26.02.2021;1.300,00;10,5
01.03.2021;1.310,25;11,25
02.03.2021;320;
03.03.2021;;9,75`,
  },
  "a wide panel with tabs": {
    format: "table of dates and series",
    options: { column: "A-B" },
    header: 1,
    fixed: 0,
    text: "\tCD\tA-B\n20210226\t1\t10.5\n20210301\t2\t11.25\n20210303\t3\t9.75",
  },
};

export interface ChartParts {
  readonly meta?: object;
  readonly timestamp: readonly number[];
  readonly quote: object;
  readonly adjclose?: readonly (number | null)[];
}

/** Yahoo's chart JSON. */
export const chartJson = (parts: ChartParts): string =>
  JSON.stringify({
    chart: {
      result: [
        {
          meta: { currency: "USD", ...parts.meta },
          timestamp: parts.timestamp,
          indicators: {
            quote: [parts.quote],
            ...(parts.adjclose && { adjclose: [{ adjclose: parts.adjclose }] }),
          },
        },
      ],
      error: null,
    },
  });

/** The same prices as bars of New York in its winter. */
export const CHART: ChartParts = {
  meta: {
    symbol: "A-B",
    gmtoffset: -18000,
    exchangeTimezoneName: "America/New_York",
    dataGranularity: "1d",
  },
  timestamp: [1614349800, 1614609000, 1614695400, 1614781800],
  quote: {
    open: [10, 10.6, null, 11],
    high: [11, 11.5, null, 11.125],
    low: [9.5, 10.25, null, 9.5],
    close: [10.5, 11.25, null, 9.75],
    volume: [100, 120, null, 90],
  },
  adjclose: [8.4, 9, null, 7.8],
};

/** CoinGecko's API of the same prices; the last pair is of the moment of the request. */
export const MARKET_CHART = {
  prices: [
    [1614384000000, 10.5],
    [1614643200000, 11.25],
    [1614729600000, null],
    [1614816000000, 9.75],
    [1614859384123, 9.9],
  ],
  market_caps: [
    [1614384000000, 1],
    [1614643200000, 2],
    [1614816000000, 3],
  ],
  total_volumes: [],
};
