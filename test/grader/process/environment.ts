// 動かすプログラムに渡す環境変数
/** システムと Node が要る環境変数。ほかは渡さない: npm と jest が加えたものも、採点に使うものも、サービスの秘密も */
const needed = new RegExp(
  "^(PATH|HOME|USER|LOGNAME|SHELL|TERM|TZ|LANG|LANGUAGE|LC_.*|TMPDIR|TMP|TEMP|LD_LIBRARY_PATH|NODE_OPTIONS|" +
    "SystemRoot|SystemDrive|windir|ComSpec|PATHEXT|OS|USERPROFILE|HOMEDRIVE|HOMEPATH|(Local)?AppData|" +
    "ProgramData|ProgramFiles.*|NUMBER_OF_PROCESSORS|PROCESSOR_.*)$",
  "i",
);

/** 手で動かすときの環境変数のうち、要るもの */
export const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name)));
