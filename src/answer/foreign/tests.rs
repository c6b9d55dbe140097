use super::*;

const ENGLISH_ONLY: &[Language] = &[Language::English];

#[track_caller]
fn check(text: &str, answered: &[Language], expected: Option<Foreign>) {
    assert_eq!(foreign(text, answered), expected, "{text:?}");
}

#[test]
fn english_is_never_foreign() {
    for text in [
        "",
        "hi",
        "does it hurt",
        "dose it hrut",
        "hwo lnog dose it tkae",
        "hwo depe do teh nedles go",
        "wen can i wear make up",
        "wat is prp",
        "wer can i get it done",
        "wo does it",
        "is it safe 4 me",
        "cost?",
        "prp",
        "microneedling acne scars",
        "microneedling vs laser vs peel",
        "crème de la mer after",
        "creme de la mer",
        "la roche posay cicaplast baume b5",
        "can i use la roche posay cicaplast baume b5 after",
        "eau de parfum on needled skin",
        "dr. van der berg or dr. de la cruz",
        "des moines clinic los angeles el paso",
        "was it worth it",
        "war man also die",
        "um dos it hurt",
        "em or no",
        "con or pro",
        "son has acne",
        "mi skin es red lol",
        "no es bueno lol is it normal",
        "por favor how long",
        "gracias",
        "danke",
        "merci beaucoup",
        "numb cream b4",
        "AI on IT",
        "EST or PST appt",
        "do u no if its ok 2 do it on ma face",
        "pls hlp my fase is so rde",
        "𝐝𝐨𝐞𝐬 𝐢𝐭 𝐡𝐮𝐫𝐭",
        "d o e s  i t  h u r t",
        "wie gehts my dudes, does microneedling hurt?",
        "Δ skin type?",
        "日 is that day",
        "serum ingredientes",
        "a e i o u y",
        "die die die",
        "sur sans pour",
        "par for the course",
        "il be red on mon or tue",
        "me and ma skin",
        "retinol",
        "rf microneedling vs dermaroller vs dermapen",
        "dr pen m8 0.5 mm per week",
        // Too little to tell.
        "was ist microneedling",
        "c'mon y'all, o'clock",
    ] {
        check(text, ENGLISH_ONLY, None);
    }
}

#[test]
fn other_languages_are_told() {
    use Language::{French, German, Portuguese, Spanish};
    for (language, texts) in [
        (
            German,
            &[
                "tut es weh?",
                "Wie lange dauert die Heilung?",
                "wie tief gehen die nadeln",
                "Kann ich danach Make-up tragen?",
                "was ist das für eine behandlung",
                "hilft das gegen aknenarben",
                "wann darf ich wieder sport machen",
                "ich habe eine frage zu meiner haut",
                "wie oft soll man das machen",
                "ist das gefährlich für mich",
                "welche creme nach dem needling",
                "Warum ist meine Haut so rot?",
            ][..],
        ),
        (
            Spanish,
            &[
                "¿duele mucho?",
                "¿Cuánto tarda en curar?",
                "puedo usar maquillaje después",
                "qué es el microneedling",
                "cuanto tiempo voy a estar roja",
                "cada cuanto se puede hacer",
                "sirve para las cicatrices del acné",
                "que puedo ponerme en la piel después",
                "por qué tengo la cara tan roja",
                "cuando puedo hacer ejercicio",
            ],
        ),
        (
            French,
            &[
                "ça fait mal ?",
                "Combien de temps dure la guérison ?",
                "est-ce que je peux me maquiller après",
                "c'est quoi le microneedling",
                "quand puis-je faire du sport",
                "pourquoi ma peau est-elle rouge",
                "quelle crème faut-il mettre",
                "combien de séances sont nécessaires pour les cicatrices",
                "j’ai une question sur ma peau",
                "à quelle profondeur vont les aiguilles",
            ],
        ),
        (
            Portuguese,
            &[
                "dói muito?",
                "quanto tempo demora para cicatrizar?",
                "posso usar maquiagem depois",
                "o que é microagulhamento",
                "quando posso fazer exercício",
                "por que a minha pele está vermelha",
                "quantas sessões são necessárias",
                "isso ajuda com as cicatrizes de acne?",
                "você sabe se posso pegar sol",
                "tenho uma dúvida sobre a minha pele",
            ],
        ),
    ] {
        for text in texts {
            check(text, ENGLISH_ONLY, Some(Foreign::Known(language)));
            check(text, &[Language::English, language], None);
            check(text, &[language], None);
        }
    }
}

#[test]
fn other_scripts_are_told() {
    for text in [
        "сколько длится заживление",
        "痛いですか",
        "疼不疼？",
        "هل هو مؤلم",
        "πόσο πονάει",
        "얼마나 아파요",
        "क्या दर्द होता है",
    ] {
        check(text, ENGLISH_ONLY, Some(Foreign::Other));
    }
    check("PRP это что такое", ENGLISH_ONLY, Some(Foreign::Other));
    check("what does микронидлинг mean here", ENGLISH_ONLY, None);
}

#[test]
fn english_is_foreign_where_nothing_is_answered_in_it() {
    let known = Some(Foreign::Known(Language::English));
    check("how long does it take to heal", &[Language::German], known);
    check("can i wear make up after it", &[Language::Spanish, Language::Portuguese], known);
    check("was ist das", &[Language::German], None);
    check("microneedling", &[Language::German], None);
    check("der dermaroller ist gut oder", &[Language::German], None);
    // Neighbours.
    check(
        "quanto tempo demora para cicatrizar a minha pele",
        &[Language::Spanish],
        Some(Foreign::Known(Language::Portuguese)),
    );
    check("cuánto tiempo tarda en curarse la piel", &[Language::Portuguese], Some(Foreign::Known(Language::Spanish)));
    check("posso usar maquiagem", &[Language::Spanish], None);
}
