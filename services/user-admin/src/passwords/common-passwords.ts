/**
 * Passwords of twelve characters and more that stand high in published lists of leaked ones, in lower case; shorter ones are
 * refused for their length. Sequences and repetitions are found by rule.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  1qaz2wsx3edc 1qaz2wsx3edc4rfv 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i q1w2e3r4t5y6 q1w2e3r4t5y6u7i8 zaq12wsxcde3
  zaq1xsw2cde3 zaq1xsw2cde3vfr4 qazwsxedcrfv qazwsxedcrfvtgb qweasdzxc123 qweasdzxcqwe 123qweasdzxc qwertyuiop123
  qwertyuiop12 qwertyuiop1234 qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789 123456qwerty 12345qwertyuiop
  1234567qwerty 1234qwerasdf qwerasdfzxcv asdfghjkl123 asdfghjkl1234 qwertzuiop123 qwertz123456 asdfqwer1234
  abcd1234abcd abc123abc123 abc123456789 abcdef123456 abcdefg12345 abcdefg1234567 a1b2c3d4e5f6 a1b2c3d4e5f6g7
  password1234 password12345 password123456 password1234567 password12345678 password123456789 password2023
  password2024 password2025 password2026 password2027 passwordpassword password1password p@ssw0rd1234 p@ssword1234
  p@ssw0rd12345 p@ssw0rd2024 p@ssw0rd2025 p@ssw0rd2026 pa$$word1234 pa$$w0rd1234 passw0rd1234 passw0rd12345
  passw0rd2024 passw0rd2025 passw0rd2026 mypassword123 mypassword1234 newpassword1 newpassword123 yourpassword
  thepassword1 nopassword123 thisismypassword thisisapassword thisispassword itsapassword changeme1234 changeme123456
  changemenow1 changemeplease changeit1234 letmein12345 letmein123456 letmeinplease letmeinnow123 letmeinletmein
  welcome12345 welcome123456 welcome12345678 welcome2024! welcome2025! welcome2026! welcomewelcome welcomehome1
  administrator administrator1 administrator123 adminadmin12 adminadmin123 adminadminadmin admin1234567 admin12345678
  admin123456789 admin1234admin rootrootroot root12345678 toortoortoor superadmin12 superadmin123 superuser123
  sysadmin1234 testtest1234 testtesttest test12345678 test123456789 testpassword testpassword1 testpassword123
  tester123456 demodemodemo demo12345678 guestguest12 guest1234567 useruseruser user12345678 username1234 default12345
  defaultpassword temporary123 temppassword temppassword1 temp12345678 secret123456 secretsecret secretpassword
  topsecret123 supersecret1 supersecret123 iloveyou1234 iloveyou12345 iloveyou123456 iloveyouforever iloveyousomuch
  iloveyoubaby iloveyou2024 ilovemyfamily ilovemydaughter ilovemymother princess1234 princess12345 sunshine1234
  sunshine12345 football1234 football12345 baseball1234 baseball12345 basketball12 basketball123 superman1234
  batman123456 spiderman123 pokemon12345 minecraft123 starwars1234 starwars12345 harrypotter1 harrypotter123
  michael12345 michaeljordan jessica12345 charlie12345 jennifer1234 jordan123456 monkey123456 monkey12345678
  dragon123456 dragon12345678 master123456 shadow123456 killer123456 hunter123456 buster123456 ashley123456
  daniel123456 thomas123456 nicole123456 matthew12345 andrew123456 joshua123456 michelle1234 alexander123 christopher1
  christopher123 chocolate123 butterfly123 liverpool123 liverpoolfc1 chelsea12345 arsenal12345 manchesterunited
  manchester123 barcelona123 realmadrid12 realmadrid123 bayernmunich bayernmuenchen fcbayern1900 borussia1909
  correcthorsebatterystaple correct.horse.battery.staple correct-horse-battery-staple tobeornottobe trustno1trustno1
  opensesame12 opensesame123 abracadabra1 abracadabra123 whatever1234 computer1234 computer12345 internet1234
  internet12345 samsung12345 samsunggalaxy google123456 facebook1234 facebook12345 microsoft123 windows12345
  linux1234567 iphone123456 linkedin1234 dropbox12345 hello1234567 helloworld12 helloworld123 hellohello12
  hellohellohello goodmorning1 happybirthday happybirthday1 merrychristmas fuckyou12345 fuckyou123456 fuckyoufuckyou
  asshole12345 motherfucker motherfucker1 blink182blink metallica123 ironmaiden12 slipknot1234 jesuschrist1
  jesuslovesme jesusislord1 jesus1234567 godisgood123 godisgreat12 blessed12345 letmein!2024 spring2024!! summer2024!!
  autumn2024!! winter2024!! spring2025!! summer2025!! autumn2025!! winter2025!! spring2026!! summer2026!! autumn2026!!
  winter2026!! sommer2024!! sommer2025!! sommer2026!! herbst2025!! herbst2026!! fruehling2025 fruehling2026
  fruhling2026 passwort1234 passwort12345 passwort123456 passwort123456789 passwort2024 passwort2025 passwort2026
  meinpasswort meinpasswort1 meinpasswort123 neuespasswort neuespasswort1 einpasswort1 keinpasswort passwortpasswort
  geheim123456 geheimgeheim geheimnis123 geheimnis1234 streng-geheim strenggeheim willkommen12 willkommen123
  willkommen1234 willkommen2024 willkommen2025 willkommen2026 hallo1234567 hallo12345678 hallohallo12 hallohallo123
  hallohallohallo halloduda123 hallowelt123 ichliebedich ichliebedich1 ichliebedich123 schatzi12345 schatz123456
  schmetterling schmetterling1 sonnenschein sonnenschein1 sonnenschein123 sonnenblume1 sonnenblume123 weihnachten1
  fussball1234 fussball12345 fußball12345 deutschland1 deutschland123 oesterreich1 österreich12 schweiz12345
  wien12345678 berlin123456 hamburg12345 muenchen1234 münchen12345 muenchen1860 schalke04schalke schalke041904
  rapidwien1899 sturmgraz1909 dortmund0909 arschloch123 arschgeige12 lassmichrein lassmichrein1 benutzer1234
  administrator! testpasswort test1234test1234 firma1234567 sommerzeit123 urlaub123456 keineahnung1 keineahnung123
  aaaaaa123456 123456aaaaaa 123456abcdef 123456789abc 123456789abcd 123456789a123456789 asdasdasd123 qweqweqwe123
  zxczxczxc123 1234567890abc 1234567890qwe 1234567890qwerty 0987654321qwe 147258369147 147258369123 741852963741
  789456123789 159357159357 159753456852 123654789123 987654321abc 112233445566 11223344556677 102030405060
  123123123abc 111111222222 010101010101 321321321321 123321123321 1122334455667788 100200300400 314159265358
  3141592653589 271828182845
  `
    .split(/\s+/)
    .filter((word) => word !== ''),
);
